using System.Text;
using System.Text.Json;
using LiveSkate.Core;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Published;
using LiveSkate.Core.Rules;
using LiveSkate.Server.Live;
using Xunit;
using Projection = LiveSkate.Server.Live.Projection;

namespace LiveSkate.Server.Tests.Live;

public sealed class ProjectionTests
{
    private static readonly DateTimeOffset Noon = new(2026, 7, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly string[] Scopes = ["now", "meet/m", "event/m/e", "heat/m/h1", "heat/m/h2"];

    private static readonly JsonSerializerOptions Plain = new(ProjectionJson.Default.Options)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, TypeInfoResolver = ProjectionJson.Default,
    };

    [Fact]
    public void A_state_made_from_the_one_before_is_byte_for_byte_the_one_from_scratch()
    {
        var newest = new Dictionary<string, WrittenRecords>(StringComparer.Ordinal);
        var (told, kept) = (0, 0);
        var venue = Venue.Empty;
        foreach (var fact in Day())
        {
            venue = VenueFold.Apply(venue, fact);
            foreach (var scope in Scopes)
            {
                var before = newest.GetValueOrDefault(scope);
                var state = newest[scope] = Projection.After(before, venue, scope)!;
                Assert.Equal(Text(Projection.After(null, venue, scope)!), Text(state));
                told++;
                kept += ReferenceEquals(before, state) ? 1 : 0;
            }
        }
        // Somebody else's heat, and a second ankle: nothing of it is to be seen there.
        Assert.InRange(kept, told / 4, told - 1);
    }

    [Fact]
    public void A_table_s_rows_are_written_as_any_record_is()
    {
        var venue = Day().Aggregate(Venue.Empty, VenueFold.Apply);
        var meet = venue.Meets["m"];
        var table = ResultsPublisher.Table(meet, Advancement.Of(meet, meet.Document.Events[0], meet.Document.Events[0].Rounds[0]));
        var plain = JsonSerializer.Serialize(table, Plain);
        Assert.Equal(plain, JsonSerializer.Serialize(table, ProjectionJson.Relaxed.RoundTable));
        Assert.Equal(6, table.Rows.Length);
    }

    private static string Text(WrittenRecords state) => string.Join('\n', state.OrderBy(put => put.Key, StringComparer.Ordinal).Select(put => $"{put.Key} {Encoding.UTF8.GetString(put.Value.Span)}"));

    /// <summary>Two heats of three, one after the other, with what the office says; each crossing is read at both ankles.</summary>
    private static IEnumerable<Recorded> Day()
    {
        var at = 0;
        string[][] heats = [["1", "2", "3"], ["4", "5", "6"]];
        yield return Said(new MeetPut(Document(heats)));
        for (var h = 0; h < heats.Length; h++)
        {
            var gun = Noon.AddMinutes(10 * h);
            yield return Said(new HeatOpened($"h{h + 1}"));
            yield return Said(new HeatArmed($"h{h + 1}"));
            yield return Read(new SignalGiven { Source = "start-1", Kind = SignalKind.Gun, Time = gun });
            for (var lap = 1; lap <= 5; lap++)
                foreach (var bib in heats[h])
                    foreach (var ankle in new[] { "a", "b" })
                        yield return Read(new PassingRead
                        {
                            Source = "finish-1", Chip = bib + ankle, Time = gun.AddSeconds(lap * (17 + bib[0] * lap % 3 * 0.4)).AddMilliseconds(bib[0] * 100 + ankle[0]),
                        });
            yield return Said(new HeatPublished($"h{h + 1}"));
            yield return Said(new SkaterSanctioned($"h{h + 1}", heats[h][1], "DSQ-SF", "pushed", null, null, null));
            yield return Said(new HeatMadeOfficial($"h{h + 1}"));
        }

        Recorded Said(OfficeFact fact) => new(++at, Noon.AddSeconds(at), "m", "office", fact);
        Recorded Read(TrackFact fact) => new(++at, Noon.AddSeconds(at), null, $"src/{fact.Source}", fact);
    }

    private static MeetDocument Document(string[][] heats)
    {
        string[] bibs = [.. heats.SelectMany(heat => heat)];
        var known = HeatPlan.Of([.. heats.Select((heat, i) => new HeatDocument($"h{i + 1}", i + 1, [.. heat]))]);
        return new MeetDocument(
            "Test meet", new VenueDocument("Hall", "UTC", 200), false,
            [new("finish-1", SourceRole.Finish, null), new("start-1", SourceRole.Start, null)],
            [.. bibs.Select(bib => new SkaterDocument($"s{bib}", $"Jiménez+{bib}", "Given", "COL", [bib + "a", bib + "b"]))],
            [
                new("e", "Men's 1000 m", "sprint", 1000, [.. bibs.Select(bib => new EntryDocument(bib, $"s{bib}"))],
                    [new("pre", "Preliminary round", known, new AdvanceRule(1, 2), null), new("final", "Final", HeatPlan.DrawnLater(1), null, Draw.DirectThenTime)]),
            ]);
    }
}
