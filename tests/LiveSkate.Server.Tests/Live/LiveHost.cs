using System.Collections.Concurrent;
using System.Net.WebSockets;
using LiveSkate.Server.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace LiveSkate.Server.Tests.Live;

/// <summary>The real thing on a free loopback port: Kestrel, SignalR, the fan-out. Only what it shows is made up. An error in its log fails the test.</summary>
internal sealed class LiveHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ErrorLog _errors = new();

    private LiveHost(TimeProvider? time, LiveOptions? options)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration["Urls"] = "http://127.0.0.1:0";
        builder.Logging.ClearProviders().AddProvider(_errors).SetMinimumLevel(LogLevel.Error);
        if (time is not null)
            builder.Services.AddSingleton(time);
        if (options is not null)
            builder.Services.AddSingleton(options);
        builder.Services.AddLive(_ => Scopes.Source);
        _app = builder.Build();
        _app.MapLive();
    }

    public FakeScopes Scopes { get; } = new();
    public FanOut FanOut => _app.Services.GetRequiredService<FanOut>();
    public LiveCounters Counters => _app.Services.GetRequiredService<LiveCounters>();
    public Uri Address { get; private set; } = null!;

    /// <summary>What the log may say: SignalR writes every refused call down as an error of its own.</summary>
    public string? Expected { get; set; }

    public static async Task<LiveHost> StartAsync(TimeProvider? time = null, LiveOptions? options = null)
    {
        var host = new LiveHost(time, options);
        await host._app.StartAsync(TestContext.Current.CancellationToken);
        host.Address = new Uri(host._app.Urls.Single());
        return host;
    }

    public void Change(string scope, int value)
    {
        Scopes.Set(scope, value);
        FanOut.Offer();
    }

    public void Change(string scope, ScopeState state)
    {
        Scopes.Set(scope, state);
        FanOut.Offer();
    }

    public async Task<TestViewer> ConnectAsync(string query = "")
    {
        var viewer = new TestViewer(new HubConnectionBuilder().WithUrl(new Uri(Address, "live" + query)).Build());
        await viewer.Hub.StartAsync(TestContext.Current.CancellationToken);
        return viewer;
    }

    public async Task<TestViewer> WatchAsync(string scope, string query = "")
    {
        var viewer = await ConnectAsync(query);
        await viewer.Hub.InvokeAsync("Watch", scope, null, null, TestContext.Current.CancellationToken);
        return viewer;
    }

    public async Task<ClientWebSocket> RawSocketAsync()
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(new Uri(Address, "live")) { Scheme = "ws" }.Uri, TestContext.Current.CancellationToken);
        return socket;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        Assert.DoesNotContain(_errors.Lines, line => Expected is null || !line.Contains(Expected, StringComparison.Ordinal));
    }

    private sealed class ErrorLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
