using LiveSkate.Core.Published;
using LiveSkate.Server.Live;
using LiveSkate.Server.Ops;
using LiveSkate.Server.Tests.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace LiveSkate.Server.Tests.Browser;

/// <summary>Kestrel with the built pages and the real hub; only what is on is made up.</summary>
internal sealed class PagesHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly FakeScopes _scopes = new();

    private PagesHost()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration["Urls"] = "http://127.0.0.1:0";
        builder.Logging.ClearProviders();
        builder.Services.AddLive(_ => _scopes.Source);
        _app = builder.Build();
        _app.MapLive();
        _app.MapPages();
    }

    public Uri Address { get; private set; } = null!;

    public static async Task<PagesHost> StartAsync()
    {
        var host = new PagesHost();
        await host._app.StartAsync(TestContext.Current.CancellationToken);
        host.Address = new Uri(host._app.Urls.Single());
        return host;
    }

    public void Show(Scene scene)
    {
        var puts = new Dictionary<string, ReadOnlyMemory<byte>>
        {
            ["meet"] = Records.Bytes(new MeetHeader("m", "World Games", "Birmingham CrossPlex", "America/Chicago", scene.Heat.Rehearsal, "running")),
            ["heat"] = Records.Bytes(scene.Heat),
        };
        foreach (var row in scene.Rows)
            puts[$"row:{row.Bib}"] = Records.Bytes(row);
        if (scene.Round is { } round)
            puts["round"] = Records.Bytes(round);
        if (scene.Final is { } final)
            puts["final"] = Records.Bytes(final);
        _scopes.Set("now", new ScopeState(puts));
        _app.Services.GetRequiredService<FanOut>().Offer();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}
