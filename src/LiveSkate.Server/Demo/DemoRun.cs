using System.Security.Cryptography;
using LiveSkate.Server.Ingest;
using LiveSkate.Simulator.Planning;
using LiveSkate.Simulator.Play;
using LiveSkate.Simulator.Results;

namespace LiveSkate.Server.Demo;

/// <param name="Speed">Race seconds in a second of the wall clock; null: as fast as it goes.</param>
/// <param name="Meet">One of <see cref="Programme.BuiltIn"/>.</param>
public sealed record DemoSettings(decimal? Speed, string Meet)
{

    /// <summary>Lets the player in as the office; made anew at each start, known to nobody else.</summary>
    internal string Key { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>As a gateway; no name that somebody has set.</summary>
    internal string Gateway { get; } = $"demo-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";

    internal bool IsIn(HttpContext context) => context.Request.Headers.Authorization.ToString() == $"Bearer {Key}";

    /// <summary>Where our broker lets in only those that it knows, it knows the player too, for the sources of its meet alone.</summary>
    internal MqttSettings LetPlayerIn(MqttSettings mqtt) => mqtt is { Mode: MqttMode.Embedded, Gateways.IsEmpty: false }
        ? mqtt with
        {
            Username = Gateway, Password = Key,
            Gateways = mqtt.Gateways.Add(new GatewaySettings(Gateway, PasswordHash.Make(Key), [.. Planner.Plan(Programme.Inside(Meet), Meet, null, 1, Speed).Sources])),
        }
        : mqtt;
}

/// <summary>
/// Plays a meet that is carried inside the program, the World Games 2022 unless another is asked for, through the server's own doors: MQTT for the track, HTTP for the office. Nothing in it knows that
/// it is in the same process, so what it shows is what a meet would get. After a restart it goes on where it stopped.
/// </summary>
public sealed partial class DemoRun(DemoSettings settings, ILogger<DemoRun> logger)
{
    /// <summary>What is played where nobody asks for another.</summary>
    public const string Meet = "worldgames-2022", Event = "m1000";

    /// <param name="urls">Where this server is reached.</param>
    public async Task RunAsync(IEnumerable<string> urls, MqttSettings mqtt, CancellationToken stop)
    {
        var options = new PlayerOptions
        {
            Server = Reachable(urls.First()), MqttHost = mqtt.Host == "*" ? "localhost" : mqtt.Host, MqttPort = mqtt.Port,
            MqttUsername = mqtt.Username, MqttPassword = mqtt.Password, Venue = mqtt.Venue,
        };
        Log.Begins(logger, Programme.Inside(settings.Meet).Title, settings.Meet == Meet ? Seed : MadeUp, settings.Speed?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "max");
        try
        {
            var player = new MeetPlayer(
                Programme.Inside(settings.Meet), options with { Key = settings.Key, Speed = settings.Speed, Meet = settings.Meet }, TimeProvider.System, logger);
            if (await player.InTheWayAsync(stop) is { } heat)
            {
                Log.InTheWay(logger, heat, settings.Meet);
                return;
            }

            var report = await player.PlayAsync(stop);
            foreach (var difference in report.Differences)
                Log.Differs(logger, difference);
            if (report.Differences.IsEmpty)
                Log.Agrees(logger, report.Heats);
        }
        catch (OperationCanceledException)
        {
            // The server stops; the demo goes on at the next start.
        }
        catch (ReplayException wrong)
        {
            Log.Stopped(logger, wrong);
        }
    }

    /// <summary>What can be asked for.</summary>
    public static IReadOnlyList<string> Meets => Programme.BuiltIn;

    private const string Seed = "Bibs, transponders, splits and Bramante's time in the final are made up.", MadeUp = "All of it is made up.";

    /// <summary>A server that listens everywhere is reached on this machine.</summary>
    private static Uri Reachable(string url) =>
        new(url.Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal).Replace("*", "localhost", StringComparison.Ordinal));

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Demo: {Title}, at speed {Speed}. {MadeUp}")]
        public static partial void Begins(ILogger logger, string title, string madeUp, string speed);

        [LoggerMessage(2, LogLevel.Information, "Demo: finished; all {Heats} heats and the final rankings are as printed")]
        public static partial void Agrees(ILogger logger, int heats);

        [LoggerMessage(3, LogLevel.Error, "Demo: differs from the print: {Difference}")]
        public static partial void Differs(ILogger logger, string difference);

        [LoggerMessage(5, LogLevel.Error, "Demo: not played, since {Heat}, and one meet at a time uses the track. End that race first (where it was a demo, start that demo again), or give this one a journal of its own: --Journal:Path=.data/{Meet}.db")]
        public static partial void InTheWay(ILogger logger, string heat, string meet);

        [LoggerMessage(4, LogLevel.Error, "Demo: could not go on")]
        public static partial void Stopped(ILogger logger, Exception wrong);
    }
}
