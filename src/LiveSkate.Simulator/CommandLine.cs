using System.Globalization;
using LiveSkate.Simulator.Load;
using LiveSkate.Simulator.Play;

namespace LiveSkate.Simulator;

/// <param name="File">Path of a result file, or the name of a meet inside the program.</param>
/// <param name="Expect">Path of the reviewed differences, or null.</param>
public sealed record ReplayRequest(string File, PlayerOptions Options, string? Expect);

/// <summary>Wrong use. The message says what was wrong and what is allowed.</summary>
public sealed class UsageException(string message) : Exception(message);

/// <summary>Reads the words after the program's name.</summary>
public static class CommandLine
{
    public const string KeyVariable = "LIVESKATE_OFFICE_KEY";

    public const string Usage = $"""
        LiveSkate simulator: plays the track and the office of a meet that has been skated.

          replay FILE|seed|formats
                             plays a result file, the World Games 2022, or a race of every format, and compares the hub's results with it
          load               many viewers on real WebSockets while passings come in

          --server URL          the hub (http://localhost:5080)
          --mqtt HOST:PORT      its broker (localhost:1883)
          --mqtt-user NAME, --mqtt-password WORD, --mqtt-version 3|5
          --venue V             as in the hub's setting Mqtt:Venue (venue)
          --key K               the office key ({KeyVariable})
          --speed N|max         race seconds in a second, or no waiting (max)
          --seed N              chooses all that is made up (1)
          --meet ID, --event ID
          --duplicate P         probability that a message is sent twice
          --reorder MS          messages change places within so many race-milliseconds
          --late P              probability that a message comes after all others of its heat
          --loss P              probability that a message is sent only when the hub asks for it
          --expect FILE         reviewed differences: one a line, # for comments

        Exit code: 0 as printed (or as expected), 1 differences, 2 wrong use, 3 the replay could not be finished.

          --viewers N           (100)
          --rate M              passings in a second, 0 to watch only (20)
          --stalled P           share of the viewers that stop reading (0)
          --scope S             what they watch (now)
          --seconds S           (15)
        and --server, --mqtt, --mqtt-user, --mqtt-password, --mqtt-version, --venue, --key as above.

        Exit code: 0, 1 when a viewer that reads was cut off or got a frame that does not follow, 2 and 3 as above.
        """;

    /// <exception cref="UsageException">Wrong use.</exception>
    public static ReplayRequest Replay(IReadOnlyList<string> words, Func<string, string?> environment)
    {
        string? file = null, expect = null;
        var options = new PlayerOptions { Key = environment(KeyVariable) ?? "" };
        foreach (var (name, value) in Pairs(words))
        {
            if (name is null)
                file = file is null ? value : throw new UsageException($"\"{value}\": only one file can be replayed.");
            else if (name == "--expect")
                expect = value;
            else
                options = With(options, name, value);
        }

        if (file is null)
            throw new UsageException("Which file? Give the path of a result file, or one of the words seed and formats.");
        NeedKey(options);
        return new(file, options, expect);
    }

    /// <exception cref="UsageException">Wrong use.</exception>
    public static LoadRequest Load(IReadOnlyList<string> words, Func<string, string?> environment)
    {
        var load = new LoadRequest(new PlayerOptions { Key = environment(KeyVariable) ?? "" });
        foreach (var (name, value) in Pairs(words))
        {
            load = name switch
            {
                null => throw new UsageException($"\"{value}\" is not known."),
                "--viewers" => load with { Viewers = Number(name, value, 1, 50_000) },
                "--rate" => load with { PassingsPerSecond = Number(name, value, 0, 5_000) },
                "--stalled" => load with { Stalled = Probability(name, value) },
                "--seconds" => load with { Seconds = Number(name, value, 1, 3_600) },
                "--scope" => load with { Scope = value },
                "--speed" or "--seed" or "--meet" or "--event" or "--duplicate" or "--reorder" or "--late" or "--loss" =>
                    throw new UsageException($"{name} belongs to replay."),
                _ => load with { Options = With(load.Options, name, value) },
            };
        }

        if (load.PassingsPerSecond > 0)
            NeedKey(load.Options);
        return load;
    }

    private static void NeedKey(PlayerOptions options)
    {
        if (options.Key.Length == 0)
            throw new UsageException($"The office key is missing: --key K, or the variable {KeyVariable}. The hub printed it at its first start.");
    }

    /// <summary>Options with their values; a word alone has no name.</summary>
    private static IEnumerable<(string? Name, string Value)> Pairs(IReadOnlyList<string> words)
    {
        for (var index = 0; index < words.Count; index++)
        {
            var word = words[index];
            yield return !word.StartsWith("--", StringComparison.Ordinal) ? (null, word)
                : word.Split('=', 2) is [var name, var value] ? (name, value)
                : index + 1 < words.Count ? (word, words[++index])
                : throw new UsageException($"{word} needs a value.");
        }
    }

    private static PlayerOptions With(PlayerOptions options, string name, string value) => name switch
    {
        "--server" => options with { Server = Address(name, value) },
        "--mqtt" => WithBroker(options, name, value),
        "--mqtt-user" => options with { MqttUsername = value },
        "--mqtt-password" => options with { MqttPassword = value },
        "--mqtt-version" => options with { MqttVersion = value is "3" or "5" ? value[0] - '0' : throw Wrong(name, value, "3 or 5") },
        "--venue" => options with { Venue = Id(name, value) },
        "--key" => options with { Key = value },
        "--speed" => options with { Speed = value == "max" ? null : Speed(name, value) },
        "--seed" => options with
        {
            Seed = ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : throw Wrong(name, value, "a whole number"),
        },
        "--meet" => options with { Meet = Id(name, value) },
        "--event" => options with { Event = Id(name, value) },
        "--duplicate" => options with { Faults = options.Faults with { Duplicate = Probability(name, value) } },
        "--late" => options with { Faults = options.Faults with { Late = Probability(name, value) } },
        "--loss" => options with { Faults = options.Faults with { Loss = Probability(name, value) } },
        "--reorder" => options with
        {
            Faults = options.Faults with
            {
                ReorderMs = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var ms) && ms <= 600_000
                    ? ms : throw Wrong(name, value, "milliseconds from 0 to 600000"),
            },
        },
        _ => throw new UsageException($"{name} is not known."),
    };

    private static PlayerOptions WithBroker(PlayerOptions options, string name, string value)
    {
        var colon = value.LastIndexOf(':');
        var host = colon < 0 ? value : value[..colon];
        var port = 1883;
        if (host.Length == 0 || (colon >= 0 && (!int.TryParse(value[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > 65_535)))
            throw Wrong(name, value, "HOST or HOST:PORT");
        return options with { MqttHost = host.Trim('[', ']'), MqttPort = port };
    }

    private static Uri Address(string name, string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri : throw Wrong(name, value, "an http or https address");

    private static decimal Speed(string name, string value) =>
        decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var speed) && speed is > 0 and <= 10_000
            ? speed : throw Wrong(name, value, "max or a number above 0, at most 10000");

    private static double Probability(string name, string value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 1
            ? share : throw Wrong(name, value, "a number from 0 to 1");

    private static int Number(string name, string value, int least, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number : throw Wrong(name, value, string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"));

    private static string Id(string name, string value) =>
        value.Length is >= 1 and <= 32 && value.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-')
            ? value : throw Wrong(name, value, "1 to 32 of a-z, 0-9 and -");

    private static UsageException Wrong(string name, string value, string allowed) => new($"{name} {value}: allowed is {allowed}.");
}
