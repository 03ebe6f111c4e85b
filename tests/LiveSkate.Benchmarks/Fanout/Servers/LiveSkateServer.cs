using System.Globalization;
using LiveSkate.Server.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LiveSkate.Benchmarks.Fanout.Servers;

/// <summary>The Live room as it is, in Kestrel as the program sets it up; what it shows comes from <see cref="OnAir"/>.</summary>
internal static class LiveSkateServer
{
    public const string ProcessName = "fanout-liveskate";

    /// <param name="args">What is shown, and the pace in ms.</param>
    public static async Task RunAsync(string[] args)
    {
        var onAir = new OnAir(Enum.Parse<Shown>(args[0]));
        var state = onAir.Next();
        var builder = WebApplication.CreateBuilder();
        builder.Configuration["Urls"] = "http://127.0.0.1:0";
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(new LiveOptions(TimeSpan.FromMilliseconds(double.Parse(args[1], CultureInfo.InvariantCulture))));
        builder.Services.AddLive(_ => new LiveSource(
            scope => scope == onAir.Scope ? Volatile.Read(ref state) : null,
            OnAir.Beat,
            static _ => []));
        await using var app = builder.Build();
        app.MapLive();
        await app.StartAsync();
        var fanOut = app.Services.GetRequiredService<FanOut>();
        var pulse = new Pulse(() =>
        {
            Volatile.Write(ref state, onAir.Next());
            fanOut.Offer();
        });
        await pulse.RunAsync(new Uri(app.Urls.Single()).Port);
    }
}
