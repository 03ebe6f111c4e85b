using System.Text.Json;
using LiveSkate.Server.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LiveSkate.Benchmarks.Fanout.Servers;

/// <summary>What SignalR's own documentation would have one write: a hub, and a send to all.</summary>
internal static class GroupServer
{
    public const string ProcessName = "fanout-group";

    public static async Task RunAsync(string[] args)
    {
        using var frames = Pulse.Frames(Enum.Parse<Shown>(args[0])).GetEnumerator();
        frames.MoveNext();
        var builder = WebApplication.CreateBuilder();
        builder.Configuration["Urls"] = "http://127.0.0.1:0";
        builder.Logging.ClearProviders();
        builder.Services.AddSignalR().AddJsonProtocol(json => json.PayloadSerializerOptions.TypeInfoResolverChain.Insert(0, LiveJson.Default));
        builder.Services.AddSingleton(new Greeting(() => Read(frames.Current.Complete)));
        await using var app = builder.Build();
        app.MapHub<Everybody>("/live");
        await app.StartAsync();
        var hub = app.Services.GetRequiredService<IHubContext<Everybody>>();
        var pulse = new Pulse(() =>
        {
            frames.MoveNext();
            _ = hub.Clients.All.SendAsync("frame", Read(frames.Current.Delta));
        });
        await pulse.RunAsync(new Uri(app.Urls.Single()).Port);
    }

    private static Frame Read(byte[] frame) => JsonSerializer.Deserialize(frame, LiveJson.Default.Frame)!;
}

internal sealed record Greeting(Func<Frame> Newest);

internal sealed class Everybody(Greeting greeting) : Hub
{
    public override Task OnConnectedAsync() => Clients.Caller.SendAsync("frame", greeting.Newest());
}
