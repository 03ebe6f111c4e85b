using CsCheck;
using LiveSkate.Core.Commands;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;
using Xunit;

namespace LiveSkate.Core.Tests.Rules.LongRaces;

/// <summary>rules.md section 20 for races of many laps that can go any way: readings missed, people lapped, taken out, put back, disqualified.</summary>
public sealed class LongRaceProperties
{
    private const int LapsOfRace = 8;

    private static readonly string[] Formats = ["massStart", "points", "elimination", "pointsElimination"];

    private static readonly RuleDocument Rules = new()
    {
        Sprints = new SprintsDocument(EveryLaps: 2, FromM: 400),
        Elimination = new EliminationDocument(Survivors: 2, EveryLaps: 2, FromM: 400),
    };

    /// <summary>One whole race as commands and readings, made from a seed.</summary>
    private sealed record Story(string Format, int Skaters, int Seed)
    {
        public string[] Bibs => [.. Enumerable.Range(1, Skaters).Select(i => $"{i}")];

        public MeetScript Armed() =>
            new MeetScript(MeetScript.Race(Format, [Bibs], LapsOfRace * 200, Rules)).Do(new OpenHeat("h1")).Do(new ArmHeat("h1"));

        public List<TrackFact> Readings(MeetScript script)
        {
            var random = new Random(Seed);
            var facts = new List<TrackFact> { new SignalGiven { Source = "start-1", Kind = SignalKind.Gun, Time = script.Passing("1", 0).Time } };
            foreach (var bib in Bibs)
            {
                var (at, pace) = (0.0, 17 + 8 * random.NextDouble());
                var stops = random.Next(8) == 0 ? random.Next(LapsOfRace) : LapsOfRace + 1;
                for (var lap = 1; lap <= stops; lap++)
                {
                    at += pace + random.NextDouble();
                    if (random.Next(25) > 0)
                        facts.Add(script.Passing(bib, at));
                    if (random.Next(4) > 0)
                        facts.Add(script.Passing(bib, at + 0.03, "b"));
                }
            }
            return facts;
        }

        /// <summary>What the judges say; the same words whatever the readings were when they said them.</summary>
        public List<Command> Words()
        {
            var random = new Random(Seed + 1);
            var words = new List<Command>();
            var isElimination = Format is "elimination" or "pointsElimination";
            var left = Bibs.OrderBy(_ => random.Next()).ToList();
            for (var toGo = LapsOfRace - 3; toGo > 0 && left.Count > 2; toGo--)
            {
                if (isElimination && random.Next(2) == 0)
                {
                    var together = Math.Min(left.Count - 1, random.Next(6) == 0 ? 3 : 1);
                    words.Add(new Eliminate("h1", [.. left.Take(together)], random.Next(4) == 0 ? null : toGo, random.Next(5) == 0 ? "fall" : null));
                    var first = left[0];
                    left.RemoveRange(0, together);
                    if (random.Next(6) == 0)
                    {
                        words.Add(new Reinstate("h1", first, "seen again"));
                        left.Add(first);
                    }
                }
                if (Format is "points" or "pointsElimination" && random.Next(3) == 0)
                    words.Add(new SetSprint("h1", toGo, [.. Bibs.OrderBy(_ => random.Next()).Take(3).Select(bib => System.Collections.Immutable.ImmutableArray.Create(bib))]));
            }
            foreach (var bib in Bibs.Where(_ => random.Next(10) == 0))
                words.Add(new Sanction("h1", bib, random.Next(2) == 0 ? "DNS" : "DNF", "x"));
            return words;
        }
    }

    private static readonly Gen<Story> AnyStory =
        Gen.Select(Gen.Int[0, Formats.Length - 1], Gen.Int[3, 9], Gen.Int[0, int.MaxValue - 1], (format, skaters, seed) => new Story(Formats[format], skaters, seed));

    private static string Public(MeetScript script) => string.Join('\n', script.Heat("h1").Rows
        .Select(row => $"{row.Bib} {row.Rank} {row.TimeMs} {row.Status} {row.Crossings.Lap} {row.LapsDown} {row.Points}/{row.PointsUnjudged} {row.OnTrack} {row.Out?.Place} {row.InDanger} {row.ProposedOut}")
        .Prepend($"{script.Heat("h1").State} {string.Join(',', script.Heat("h1").Ahead.Proposed.Select(lap => $"{lap.LapsToGo}:{string.Join(' ', lap.Bibs)}"))}"));

    private static MeetScript Raced(Story story)
    {
        var script = story.Armed();
        story.Readings(script).ForEach(fact => script.Hear(fact));
        // A race of three may be over before the judges' first word; then it is published as it is.
        foreach (var word in story.Words())
            script.Do(word);
        return script;
    }

    [Fact]
    public void The_order_of_arrival_does_not_matter_to_points_eliminations_and_laps_behind() =>
        Gen.Select(AnyStory, Gen.Int[0, int.MaxValue]).Sample((story, seed) =>
        {
            var straight = Raced(story);
            var random = new Random(seed);
            var mixed = story.Armed();
            var facts = story.Readings(mixed).ToArray();
            random.Shuffle(facts);
            // The gun comes first here, so that the judges may speak; when exactly they do among the readings is left to chance.
            mixed.Hear(facts.OfType<SignalGiven>().Single());
            var words = new Queue<Command>(story.Words());
            foreach (var fact in facts.Where(fact => fact is not SignalGiven))
            {
                if (words.Count > 0 && random.Next(4) == 0)
                    mixed.Do(words.Dequeue());
                mixed.Hear(fact);
            }
            while (words.Count > 0)
                mixed.Do(words.Dequeue());
            Assert.Equal(Public(straight), Public(mixed));
        }, iter: 400);

    [Fact]
    public void Survivors_eliminated_and_those_without_a_finish_are_all_starters() =>
        AnyStory.Sample(story =>
        {
            var rows = Raced(story).Do(new FinishHeat("h1")).Heat("h1").Rows;
            var counted = rows.Count(row => row.IsOk) + rows.Count(row => row.Out is not null) + rows.Count(row => row.Status is "DNS" or "DNF");
            Assert.Equal(story.Skaters, counted);
            Assert.All(rows, row => Assert.Equal(row.Status == Statuses.Eliminated, row.Out is not null));
        }, iter: 300);

    [Fact]
    public void Ranks_are_a_competition_ranking() =>
        AnyStory.Sample(story =>
        {
            var ranks = Raced(story).Do(new FinishHeat("h1")).Heat("h1").Rows.Select(row => row.Rank).OfType<int>().ToArray();
            for (var i = 0; i < ranks.Length; i++)
                Assert.True(ranks[i] == i + 1 || (i > 0 && ranks[i] == ranks[i - 1]), string.Join(",", ranks));
        }, iter: 300);

    [Fact]
    public void A_disqualification_makes_nobody_else_worse() =>
        Gen.Select(AnyStory, Gen.Int[0, 8], Gen.Int[0, 2]).Sample((story, who, code) =>
        {
            var script = Raced(story).Do(new FinishHeat("h1"));
            var before = script.Heat("h1").Rows.ToDictionary(row => row.Bib, row => row.Rank ?? int.MaxValue);
            var bib = story.Bibs[who % story.Skaters];
            script.Do(new Sanction("h1", bib, new[] { "DSQ-TF", "DSQ-SF", "DSQ-DF" }[code], "x"));
            Assert.All(
                script.Heat("h1").Rows.Where(row => row.Bib != bib && (row.IsOk || row.Out is not null)),
                row => Assert.True(row.Rank <= before[row.Bib], $"{row.Bib}: {before[row.Bib]} → {row.Rank}"));
        }, iter: 400);

    [Fact]
    public void A_point_is_given_once_for_each_place_that_has_one() =>
        AnyStory.Where(story => story.Format is "points" or "pointsElimination").Sample(story =>
        {
            var heat = Raced(story).Heat("h1");
            Assert.Equal(heat.Sprints.Sum(sprint => sprint.Scores.Sum(score => score.Points)), heat.Rows.Sum(row => row.Points));
            Assert.All(heat.Sprints.Where(sprint => sprint.LapsToGo > 0), sprint => Assert.InRange(sprint.Scores.Sum(score => score.Points), 1, 3));
        }, iter: 200);
}
