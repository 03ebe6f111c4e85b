using System.Collections.Immutable;
using System.Runtime.InteropServices;
using LiveSkate.Core.Meets;

namespace LiveSkate.Core.Rules;

/// <summary>Contract section 4. Safe and gone are promises: they hold whatever still happens short of reopening a signed heat.</summary>
public enum Certainty { Safe, In, Bubble, Out, Gone }

public enum AdvancedBy { None, Place, Time, Jury }

/// <summary>One skater of a round and what becomes of him.</summary>
/// <param name="TimeRank">Place among all with a time and without a direct place; null for the others, and where nobody goes on by time.</param>
/// <param name="NeededMs">The time that goes through as things stand; null where any time does, or he has finished.</param>
public sealed record Entrant(
    HeatStanding Heat, SkaterStanding Skater, AdvancedBy By, Certainty Certainty, int? TimeRank, long? NeededMs, bool Withdrawn)
{
    public bool Advances => Certainty <= Certainty.Bubble;

    /// <summary>QUA-7: went on before he withdrew. His place stays empty; he is none of the rest that a B final is for.</summary>
    public bool GaveUpPlace { get; init; }

    /// <summary>QUA-5: level with others for the last place on time, where the event lets nobody through until the jury has decided.</summary>
    public bool AwaitsJury { get; init; }

    /// <summary>Q and q are said only when nothing can take them away (QUA-12).</summary>
    public string? Mark => Certainty != Certainty.Safe ? null : By switch { AdvancedBy.Place => "Q", AdvancedBy.Time => "q", _ => null };
}

/// <summary>A round and who goes on from it.</summary>
/// <param name="Entrants">Direct places by time, then times, then the rest; the cut line is after the last that advances.</param>
/// <param name="CutMs">The slowest time that goes through as things stand, or that the jury has to decide on; null while any time does.</param>
public sealed record RoundStanding(
    EventDocument Event, RoundDocument Round, ImmutableArray<HeatStanding> Heats, ImmutableArray<Entrant> Entrants, long? CutMs)
{
    /// <summary>The least advanced of its heats' states. INC-8: cancelled heats hold up nobody; with nothing else the round is cancelled.</summary>
    public HeatStage Status => Heats.IsEmpty ? HeatStage.Scheduled : Heats.Min(heat => heat.State);

    public int HeatsLeft => Heats.Count(heat => !heat.IsOver);

    public Entrant? Find(string bib)
    {
        foreach (var entrant in Entrants)
            if (entrant.Skater.Bib == bib)
                return entrant;
        return null;
    }
}

/// <summary>QUA-1 to QUA-12, live across the heats of a round.</summary>
public static class Advancement
{
    public static RoundStanding Of(Meet meet, EventDocument plan, RoundDocument round)
    {
        var heats = meet.HeatsOf(plan.Id, round.Id).Select(heat => HeatStandings.Of(meet, heat)).ToImmutableArray();
        if (round.Advance is not { } rule)
            return new RoundStanding(plan, round, heats, [], null);

        var (times, signed) = (new List<long>(), new List<long>());
        foreach (var heat in heats)
            foreach (var skater in heat.Rows)
                if (IsOnTime(skater, rule))
                {
                    times.Add(skater.TimeMs!.Value);
                    if (heat.State >= HeatStage.Official)
                        signed.Add(skater.TimeMs!.Value);
                }
        times.Sort();
        signed.Sort();
        long? cut = rule.Fastest > 0 && times.Count >= rule.Fastest ? times[rule.Fastest - 1] : null;
        // Who can still come before somebody on time: everybody of an unsigned heat who would not be its winner. Where only one place may
        // go through on time, whoever is ahead of it is none of them; a dead heat can put all of the others there.
        var unsigned = heats.Where(heat => heat.State < HeatStage.Official)
            .Sum(heat => Math.Max(0, heat.Rows.Length - Math.Max(rule.PerHeat, (rule.TimePlace ?? 1) - 1)));
        var field = new Field(rule.Fastest, times, cut, signed, unsigned, meet.Index.SettingOf(plan.Id).Profile.TieAtCutAdvances);

        var moves = meet.JuryMoves.FindAll(move => move.Event == plan.Id && move.Round == round.Id);
        var entrants = new List<Entrant>();
        foreach (var heat in heats)
            foreach (var skater in heat.Rows)
                entrants.Add(Judge(moves.FindLast(move => BibOf(move) == skater.Bib), rule, heat, skater, field));
        return new RoundStanding(plan, round, heats, InOrder(entrants), cut);
    }

    /// <summary>All who may go through on time.</summary>
    /// <param name="Times">Of all of them, the best first.</param>
    /// <param name="Cut">The slowest that goes through; null while any does.</param>
    /// <param name="Signed">Those of official heats, the best first: they do not change any more.</param>
    /// <param name="Unsigned">How many more may come.</param>
    private sealed record Field(int Places, List<long> Times, long? Cut, List<long> Signed, int Unsigned, bool TiesAdvance)
    {
        /// <summary>QUA-5: equal times at the cut all go through, unless the event leaves it to the jury.</summary>
        public bool IsTooMany(long time) => !TiesAdvance && time == Cut && Below(Times, time + 1) > Places;

        /// <summary>What is good enough for who still races: where a tie is left to the jury, to be level is not.</summary>
        public long? Needed => TiesAdvance ? Cut : Cut - 1;

        /// <summary>How many of these are better.</summary>
        public static int Below(List<long> times, long time)
        {
            var (low, high) = (0, times.Count);
            while (low < high)
                if (times[(low + high) / 2] < time)
                    low = (low + high) / 2 + 1;
                else
                    high = (low + high) / 2;
            return low;
        }
    }

    /// <summary>QUA-1 to QUA-3: OK, with a time, without a direct place, and in the place that the rule asks for.</summary>
    private static bool IsOnTime(SkaterStanding skater, AdvanceRule rule) =>
        rule.Fastest > 0 && skater is { IsOk: true, TimeMs: not null } && !IsDirect(skater, rule) && (rule.TimePlace is not { } place || skater.Rank == place);

    /// <summary>QUA-1, QUA-4: the first n of a heat, all of a dead heat; while it runs, whoever stands there. QUA-11: an elimination may send on more than finish.</summary>
    private static bool IsDirect(SkaterStanding skater, AdvanceRule rule) =>
        skater.Rank <= rule.PerHeat && (skater.IsOk || skater.Status is null || skater.Out is not null);

    /// <param name="move">What the jury said of him last; null where it said nothing.</param>
    private static Entrant Judge(RoundFact? move, AdvanceRule rule, HeatStanding heat, SkaterStanding skater, Field field)
    {
        var isSigned = heat.State >= HeatStage.Official;
        int? timeRank = null;
        (AdvancedBy By, Certainty Certainty) verdict;
        if (IsDirect(skater, rule))
            verdict = (AdvancedBy.Place, isSigned ? Certainty.Safe : Certainty.In);
        else if (IsOnTime(skater, rule))
        {
            timeRank = Field.Below(field.Times, skater.TimeMs!.Value) + 1;
            verdict = OnTime(skater.TimeMs!.Value, isSigned, field);
        }
        else
            verdict = (AdvancedBy.None, isSigned ? Certainty.Gone : Certainty.Out);

        if (move is SkaterWithdrawn)
            return new Entrant(heat, skater, AdvancedBy.None, Certainty.Gone, null, null, true) { GaveUpPlace = verdict.Certainty <= Certainty.Bubble };
        if (move is SkaterAdvanced && verdict.Certainty != Certainty.Safe)
            verdict = (AdvancedBy.Jury, Certainty.Safe);
        // Whom the jury has sent on needs nothing more.
        var stillRacing = skater.Status is null && !heat.IsOver && verdict.By != AdvancedBy.Jury;
        return new Entrant(heat, skater, verdict.By, verdict.Certainty, timeRank, stillRacing ? field.Needed : null, false)
        {
            AwaitsJury = verdict.By == AdvancedBy.None && timeRank is not null && field.IsTooMany(skater.TimeMs!.Value),
        };
    }

    private static (AdvancedBy, Certainty) OnTime(long time, bool isSigned, Field field)
    {
        var isIn = (field.Cut is null || time <= field.Cut) && !field.IsTooMany(time);
        if (isSigned)
        {
            var better = Field.Below(field.Signed, time);
            if (better >= field.Places)
                return (AdvancedBy.None, Certainty.Gone);
            // Whoever is level is no danger where ties advance; where the jury decides, he is.
            var rivals = field.TiesAdvance ? better : Field.Below(field.Signed, time + 1) - 1;
            if (rivals + field.Unsigned < field.Places)
                return (AdvancedBy.Time, Certainty.Safe);
        }
        return isIn ? (AdvancedBy.Time, time == field.Cut ? Certainty.Bubble : Certainty.In) : (AdvancedBy.None, Certainty.Out);
    }

    private static ImmutableArray<Entrant> InOrder(List<Entrant> entrants)
    {
        var order = entrants.ToArray();
        // The keys once for each: there are six of them.
        Array.Sort(order.Select((entrant, i) => (
            Line: (entrant.Advances ? 0 : 4) + entrant.By switch { AdvancedBy.Place => 0, AdvancedBy.Time => 1, AdvancedBy.Jury => 2, _ => 3 },
            entrant.Skater.TimeMs ?? long.MaxValue, entrant.Skater.Rank ?? int.MaxValue, entrant.Heat.Heat.Number, entrant.Skater.Start, i)).ToArray(), order);
        return ImmutableCollectionsMarshal.AsImmutableArray(order);
    }

    internal static string BibOf(RoundFact move) => move switch
    {
        SkaterAdvanced advanced => advanced.Bib,
        SkaterWithdrawn withdrawn => withdrawn.Bib,
        _ => "",
    };
}
