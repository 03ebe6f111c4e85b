using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LiveSkate.Server.Tests.Outside;
using LiveSkate.Server.Tests.Schemas;
using LiveSkate.Simulator.Results;
using Xunit;

namespace LiveSkate.Server.Tests.Golden;

/// <summary>
/// The worked heat of <c>Golden/worldgames-2022</c>, played through a server of its own: MQTT bytes and commands in, and every journal
/// row, frame and result as the files say. LIVESKATE_REWRITE=1 writes down what comes out, and leaves a file alone that only the clock has changed.
/// </summary>
[Collection("outside")]
public sealed partial class GoldenTraceTests
{
    private const string Folder = "tests/LiveSkate.Server.Tests/Golden/worldgames-2022", Meet = "worldgames-2022", Heat = "m1000-final-1";

    [Fact]
    public async Task The_worked_heat_goes_from_bytes_to_rows_to_frames_to_results_as_it_is_published()
    {
        await using var server = await ServerProcess.StartedAsync();
        await using var player = new TracePlayer(server, Meet, Heat, name => File.ReadAllText(Repository.File(Folder, name)));
        var played = new List<TraceStep>();
        foreach (var step in TraceStep.Read(await ReadAsync("trace.txt")))
            played.Add(await player.PlayAsync(step));
        await player.AssertHeldAsync();
        Assert.True(PublishedSchemaTests.IsValid("beat.json", await player.BeatAsync()));

        var rows = await server.Http.GetStringAsync("/api/journal", TestContext.Current.CancellationToken);
        IsOneChain(rows);
        await AreAsync(
        [
            ("trace.txt", TraceStep.Write(played)), ("journal.jsonl", rows), ("frames.jsonl", Lines(player.Frames)), ("newcomers.jsonl", Lines(player.Newcomers)),
            ("live.json", await player.RetainedAsync() + "\n"), .. player.Results.Select(result => (result.Key, result.Value)),
        ]);
        IsAsPrinted(player.Results["results-provisional.json"], player.Results["results.json"]);
    }

    [Fact]
    public async Task The_published_files_agree_with_each_other_for_who_has_no_server()
    {
        IsOneChain(await ReadAsync("journal.jsonl"));
        var newcomers = Frames(await ReadAsync("newcomers.jsonl"));
        Assert.Equal(4, newcomers.Length);
        Dictionary<string, JsonNode?> held = [];
        foreach (var frame in Frames(await ReadAsync("frames.jsonl")))
        {
            if (frame["base"] is null)
                held = [];
            foreach (var id in frame["removes"]!.AsArray())
                held.Remove(id!.GetValue<string>());
            foreach (var (id, record) in frame["puts"]!.AsObject())
                held[id] = record;
            foreach (var newcomer in newcomers.Where(one => one["seq"]!.GetValue<long>() == frame["seq"]!.GetValue<long>()))
                Assert.True(JsonNode.DeepEquals(newcomer["puts"], new JsonObject(held.Select(put => KeyValuePair.Create(put.Key, put.Value?.DeepClone())))));
        }
        foreach (var (topic, text, packet) in TraceStep.Read(await ReadAsync("trace.txt")).Where(step => step["topic"] is not null)
            .Select(step => (step["topic"]!, step["text"]!, step["packet"]!)))
            Assert.EndsWith(Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(text)), packet, StringComparison.Ordinal);
    }

    private static JsonNode[] Frames(string lines) => [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];

    /// <summary>The story that it tells is the one that happened: the print of the Games, and the order before the jury spoke.</summary>
    private static void IsAsPrinted(string provisional, string official)
    {
        Assert.Equal(["MARSILI", "VERDUGO", "BRAMANTE", "SWINGS"], Rows(provisional).Take(4).Select(row => row!["name"]!.GetValue<string>().Split(' ')[1]));
        var printed = ResultFile.Seed().Rounds[^1].Heats[0].Results.Where(row => row.Rank is not null)
            .Select(row => (row.Rank, row.Name.ToUpperInvariant(), row.Time));
        Assert.Equal(printed, Rows(official).Where(row => row!["rank"] is not null)
            .Select(row => (row!["rank"]?.GetValue<int>(), row["name"]!.GetValue<string>().ToUpperInvariant(), row["time"]?.GetValue<string>())));
        var bramante = Rows(official).Single(row => row!["rank"] is null)!;
        Assert.Equal(("Giuseppe BRAMANTE", "DSQ-SF"), (bramante["name"]!.GetValue<string>(), bramante["status"]!.GetValue<string>()));
    }

    private static JsonArray Rows(string results) => JsonNode.Parse(results)!["rounds"]![0]!["heats"]![0]!["rows"]!.AsArray();

    private static void IsOneChain(string rows)
    {
        var lines = rows.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(JournalChain.Of(lines), lines.Select(line => JsonNode.Parse(line)!["hash"]!.GetValue<string>()));
    }

    private static string Lines(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));

    private static async Task<string> ReadAsync(string name)
    {
        var path = Repository.File(Folder, name);
        return File.Exists(path) ? (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).ReplaceLineEndings("\n") : "";
    }

    /// <summary>All of them are of one day: where one has changed, all are written anew.</summary>
    private static async Task AreAsync((string Name, string Now)[] files)
    {
        var changed = false;
        foreach (var (name, now) in files)
            changed |= Timeless(await ReadAsync(name)) != Timeless(now);
        if (changed && Environment.GetEnvironmentVariable("LIVESKATE_REWRITE") == "1")
            foreach (var (name, now) in files)
                await File.WriteAllTextAsync(Repository.File(Folder, name), now, TestContext.Current.CancellationToken);
        foreach (var (name, now) in files)
            Is(name, Timeless(await ReadAsync(name)).Split('\n'), Timeless(now).Split('\n'));
    }

    /// <summary>Line by line, for a message that can be read.</summary>
    private static void Is(string name, string[] was, string[] now)
    {
        for (var line = 0; line < Math.Min(was.Length, now.Length); line++)
            Assert.True(was[line] == now[line], $"{name}, line {line + 1}, is\n{now[line]}\nand was\n{was[line]}\nIf that is meant, run this test with LIVESKATE_REWRITE=1.");
        Assert.Equal(was.Length, now.Length);
    }

    /// <summary>Without what the clock and the start of a server make anew each time; everything else is compared byte for byte.</summary>
    private static string Timeless(string text) => OfTheDay().Replace(text, "…");

    [GeneratedRegex("""(?<="(recordedUs|serverUs|startUs|onUs)":)\d{16}|(?<="hash":")[0-9a-f]{64}|(?<="epoch":")[0-9a-f]{32}(?=")""")]
    private static partial Regex OfTheDay();
}
