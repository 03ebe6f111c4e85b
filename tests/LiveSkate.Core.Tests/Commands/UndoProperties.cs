using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CsCheck;
using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;
using Xunit;

namespace LiveSkate.Core.Tests.Commands;

/// <summary>Whatever the office does, in whatever order, can be taken back to the start; and what is taken back was never there.</summary>
public sealed partial class UndoProperties
{
    private static readonly string[] Heats = ["h1", "h2", "e-final-1"], Bibs = ["1", "2", "3", "4", "5"];

    private static MeetScript Meet() => new(MeetScript.Sprint([["1", "2", "3"], ["4", "5"]], new AdvanceRule(1, 2), [MeetScript.Final()]));

    [Fact]
    public void A_thousand_actions_of_the_office_and_all_of_them_undone_is_the_start() =>
        Gen.Int[0, int.MaxValue].Sample(seed =>
        {
            var (random, script) = (new Random(seed), Meet());
            var start = PublicState.Of(script.Meet);
            for (var taken = 0; taken < 1000;)
                taken += script.Try(Any(random, script, withUndo: true), Next(random)) ? 1 : 0;
            Assert.Equal(PublicState.Of(script.Meet), PublicState.Of(Replayed(script.Journal)));

            for (var left = InForce(script.Meet); left.Length > 0; left = InForce(script.Meet))
            {
                // Any of the last few; the last of all can always go.
                var last = left[^Math.Min(left.Length, 5)..];
                random.Shuffle(last);
                Assert.True(last.Any(at => script.Try(new Undo(at), "keep")), "nothing of what is left can be undone");
            }
            Assert.Equal(start, PublicState.Of(script.Meet));
        }, iter: 2);

    [Fact]
    public void What_is_undone_leaves_the_meet_as_if_it_had_never_been_said() =>
        Gen.Int[0, int.MaxValue].Sample(seed =>
        {
            var (random, script) = (new Random(seed), Meet());
            for (var i = 0; i < 150; i++)
                Walk(random, script);
            foreach (var row in script.Journal.Where(row => row.Fact is HeatFact or RoundFact or NextRoundSettled).ToArray())
                if (Office.Decide(script.Venue, MeetScript.MeetId, new Undo(row.At), null).Fact is CommandUndone undone)
                {
                    var after = VenueFold.Apply(script.Venue, new Recorded(script.Venue.At + 1, row.RecordedAt, MeetScript.MeetId, "office", undone));
                    Assert.Equal(PublicState.Of(Replayed(script.Journal.Where(other => other != row))), PublicState.Of(after.Meets[MeetScript.MeetId]));
                }
        }, iter: 50);

    [Fact]
    public void An_undo_that_is_undone_changes_nothing_and_versions_only_go_up() =>
        Gen.Int[0, int.MaxValue].Sample(seed =>
        {
            var (random, script) = (new Random(seed), Meet());
            for (var i = 0; i < 200; i++)
            {
                var versions = Versions(script.Meet);
                Walk(random, script);
                if (InForce(script.Meet) is { Length: > 0 } said && random.Next(4) == 0)
                {
                    var before = PublicState.Of(script.Meet);
                    if (script.Try(new Undo(said[random.Next(said.Length)]), "keep"))
                    {
                        Assert.True(script.Try(new Undo(script.Venue.At), "keep"));
                        var after = PublicState.Of(script.Meet);
                        Assert.Equal(Settled(before), Settled(after));
                        Assert.Subset(Doubts(before), Doubts(after));
                    }
                }
                foreach (var (heat, version) in Versions(script.Meet))
                    Assert.True(version >= versions.GetValueOrDefault(heat));
            }
        }, iter: 50);

    /// <summary>Without a doubt about a start list: "keep", said with both, may settle one that late readings had raised before; it raises none.</summary>
    private static string Settled(string state) => Doubt().Replace(state, "\"StartListDoubt\":null");

    private static HashSet<string> Doubts(string state) => [.. Doubt().Matches(state).Select(match => match.Value)];

    [GeneratedRegex("\"StartListDoubt\":\"[^\"]*\"")]
    private static partial Regex Doubt();

    /// <summary>Of each run of each heat that there is.</summary>
    private static Dictionary<(string, int), int> Versions(Meet meet) => meet.Heats.Values
        .SelectMany(heat => heat.Versions, (heat, version) => (Key: (heat.Id, version.Run), version.Version))
        .GroupBy(x => x.Key)
        .ToDictionary(versions => versions.Key, versions => versions.Max(x => x.Version));

    private static long[] InForce(Meet meet) => [.. meet.Said.Where(said => said.InForce is { Fact: OfficeFact and not NextRoundSettled { Said: null } }).Select(said => said.InForceSince!.Value)];

    private static Meet Replayed(IEnumerable<Recorded> journal) => journal.Aggregate(Venue.Empty, VenueFold.Apply).Meets[MeetScript.MeetId];

    /// <summary>The office and the track, as it comes.</summary>
    private static void Walk(Random random, MeetScript script)
    {
        if (random.Next(3) > 0)
            script.Try(Any(random, script, withUndo: false), Next(random));
        else if (random.Next(6) == 0)
            script.Hear(new SignalGiven
            {
                Source = "start-1", Kind = random.Next(4) == 0 ? SignalKind.Recall : SignalKind.Gun, Time = MeetScript.Noon.AddSeconds(random.Next(3000)),
            });
        else
            script.Hear(new PassingRead { Source = "finish-1", Chip = random.Next(9) == 0 ? "spare" : Pick(random, Bibs) + "a", Time = MeetScript.Noon.AddSeconds(random.Next(3000)) });
    }

    private static string? Next(Random random) => random.Next(3) switch { 0 => "keep", 1 => "redraw", _ => null };

    private static T Pick<T>(Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];

    private static Command Any(Random random, MeetScript script, bool withUndo)
    {
        var (heat, bib) = (Pick(random, Heats), Pick(random, Bibs));
        return random.Next(withUndo ? 32 : 29) switch
        {
            0 or 1 => new OpenHeat(heat),
            2 or 3 => new ArmHeat(heat),
            4 => new DisarmHeat(heat),
            5 or 6 => new StartHeat(heat, MeetScript.Noon.AddSeconds(random.Next(3000))),
            7 or 8 => new FinishHeat(heat),
            9 => new RecallHeat(heat, random.Next(2) == 0 ? null : bib),
            10 or 11 => new Publish(heat),
            12 or 13 => new MakeOfficial(heat),
            14 => new Review(heat, "protest"),
            15 => random.Next(4) > 0 ? new AnnulHeat(heat, "power cut") : new CancelHeat(heat, "rain"),
            16 or 17 => new AddPassing(heat, bib, MeetScript.Noon.AddSeconds(random.Next(3200))),
            18 => new VoidPassing(heat, random.Next(script.Journal.Count) + 1),
            19 => new SetFinishOrder(heat, [[bib], [Pick(random, Bibs)]]),
            20 => new SetTime(heat, bib, random.Next(2) == 0 ? null : 80_000 + random.Next(9), "video"),
            21 => new Sanction(heat, bib, Pick(random, Statuses.Sanctions), "seen"),
            22 => new LiftSanction(heat, bib, Pick(random, Statuses.Sanctions), "not seen"),
            23 => new DrawRound("e", "final"),
            24 => new ConfirmDraw("e", "final", random.Next(2) == 0 ? null : [[bib]]),
            25 => new Advance("e", "pre", bib, "was pushed"),
            26 => new Withdraw("e", "pre", bib, "ill"),
            27 or 28 => new AssignTransponder(
                random.Next(3) == 0 ? "spare" : bib + "a", random.Next(5) == 0 ? null : "s" + Pick(random, Bibs),
                random.Next(2) == 0 ? null : MeetScript.Noon.AddSeconds(random.Next(3000))),
            29 => new Undo(random.Next(script.Journal.Count) + 1, Any(random, script, withUndo: false)),
            _ => new Undo(random.Next(script.Journal.Count) + 1),
        };
    }
}
