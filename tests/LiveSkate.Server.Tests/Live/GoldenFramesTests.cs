using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using LiveSkate.Core.Published;
using LiveSkate.Server.Live;
using Xunit;

namespace LiveSkate.Server.Tests.Live;

/// <summary>
/// The frames that the TypeScript reducer is tested with: one viewer of one heat, from the line-up to an official result, who was away
/// for a while and got the complete state then. LIVESKATE_REWRITE=1 writes them anew.
/// </summary>
public sealed class GoldenFramesTests
{
    private static readonly string[] Names =
        ["Andrés JIMÉNEZ", "Duccio MARSILI", "Ewen FERNANDEZ", "Huang YU-LIN", "Jhoan GUZMÁN", "Simon ALBRECHT", "Ioseba FERNÁNDEZ", "Steven VILLEGAS"];

    [Fact]
    public void Frames_of_a_heat_are_the_ones_that_the_clients_are_tested_with()
    {
        var scope = new Scope("heat/worldgames-2022/m1000-pre-1", "golden");
        var frames = new List<string>();
        long? has = null;
        var state = new ScopeState(ImmutableDictionary<string, ReadOnlyMemory<byte>>.Empty);
        foreach (var step in Steps())
        {
            state = step.State;
            var post = scope.Change(state, step.Highlights, 1657386323633120 + scope.Seq, 0)!;
            if (step.Away)
                continue;
            frames.Add(Encoding.UTF8.GetString(post.For(has).Json.Span));
            has = post.Seq;
        }

        var final = Encoding.UTF8.GetString(LiveJson.Write(json =>
        {
            json.WriteStartObject();
            foreach (var (id, record) in state.Puts.OrderBy(put => put.Key, StringComparer.Ordinal))
            {
                json.WritePropertyName(id);
                json.WriteRawValue(record.Span);
            }

            json.WriteEndObject();
        }));
        CheckOrRewrite("frames.jsonl", string.Concat(frames.Select(frame => frame + "\n")));
        CheckOrRewrite("final.json", final + "\n");
        // The sequence is worth nothing if it does not hold every kind of frame.
        var bases = frames.Select(frame => JsonDocument.Parse(frame).RootElement.GetProperty("base").ValueKind).ToList();
        Assert.Equal(2, bases.Count(kind => kind == JsonValueKind.Null));
        Assert.True(bases.Count(kind => kind == JsonValueKind.Number) >= 4);
    }

    private sealed record Step(ScopeState State, ImmutableArray<HighlightLine> Highlights, bool Away = false);

    private static IEnumerable<Step> Steps()
    {
        var rows = Names.Select((name, order) => Records.Row(order, name)).ToArray();
        var header = Records.Header("armed");
        yield return new Step(Records.Heat(header, rows), []);

        header = header with { State = "running", LapsToGo = 5, Clock = new RaceClock(1657386240000000, 1657386240000000, 1, true, null) };
        yield return new Step(Records.Heat(header, rows), []);

        rows[0] = rows[0] with { Rank = 1, Lap = 1, ElapsedMs = 17_001, GapMs = 0, LapMs = 17_001 };
        header = header with { LapsToGo = 4, OrderAt = new OrderAt(1, null) };
        yield return new Step(Records.Heat(header, rows), []);

        rows[1] = rows[1] with { Rank = 1, Lap = 2, ElapsedMs = 33_500, GapMs = 0, LapMs = 16_400, Order = 0 };
        rows[0] = rows[0] with { Rank = 2, Order = 1 };
        yield return new Step(Records.Heat(header, rows), [new HighlightLine("lead", header.Id, "12", "MARSILI leads by +0.123 \"on the line\"", 112)]);

        rows[2] = rows[2] with { Rank = 3, Lap = 1, ElapsedMs = 17_300, GapMs = 299, Overdue = true };
        yield return new Step(Records.Heat(header, rows), [], Away: true);

        rows[2] = rows[2] with { Lap = 2, ElapsedMs = 34_800, GapMs = 1_300, Overdue = false };
        header = header with { LapsToGo = 3, OrderAt = new OrderAt(1, 55.56m) };
        yield return new Step(Records.Heat(header, rows), []);

        yield return new Step(Records.Heat(header, rows[..^1]), []);

        rows[1] = rows[1] with { TimeMs = 83_633, Time = "1:23.633", Status = "OK", Mark = "Q", Remarks = ["FS"], Words = "Through to the semifinals." };
        header = header with { State = "official", Version = 2, LapsToGo = 0, Clock = header.Clock! with { Running = false, StoppedMs = 83_633 } };
        yield return new Step(Records.Heat(header, rows[..^2]), [new HighlightLine("through", header.Id, "12", "MARSILI is through", 140)]);
    }

    private static void CheckOrRewrite(string file, string now)
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "LiveSkate.sln")))
            root = Path.GetDirectoryName(root) ?? throw new InvalidOperationException("the tests do not run inside the repository");
        var path = Path.Combine(root, "clients", "packages", "wire", "fixtures", file);
        if (Environment.GetEnvironmentVariable("LIVESKATE_REWRITE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, now);
        }

        Assert.Equal(File.ReadAllText(path), now);
    }
}
