using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;

namespace LiveSkate.Core.Published;

/// <summary>What the contract and the screens call things.</summary>
public static class Words
{
    public static string Of(HeatStage state) => state switch
    {
        HeatStage.Scheduled => "scheduled",
        HeatStage.Open => "open",
        HeatStage.Armed => "armed",
        HeatStage.Running => "running",
        HeatStage.Finished => "finished",
        HeatStage.Review => "review",
        HeatStage.Provisional => "provisional",
        HeatStage.Official => "official",
        HeatStage.Cancelled => "cancelled",
        _ => throw new System.Diagnostics.UnreachableException(state.ToString()),
    };

    public static string Of(Certainty certainty) => certainty switch
    {
        Certainty.Safe => "safe",
        Certainty.In => "in",
        Certainty.Bubble => "bubble",
        Certainty.Out => "out",
        Certainty.Gone => "gone",
        _ => throw new System.Diagnostics.UnreachableException(certainty.ToString()),
    };

    public static string? Of(AdvancedBy by) => by switch
    {
        AdvancedBy.Place => "place",
        AdvancedBy.Time => "time",
        AdvancedBy.Jury => "jury",
        AdvancedBy.None => null,
        _ => throw new System.Diagnostics.UnreachableException(by.ToString()),
    };

    public static string? Of(Evidence evidence) => evidence switch
    {
        Evidence.None => null,
        Evidence.Hand => "hand",
        Evidence.Transponder => "transponder",
        Evidence.Photocell => "photocell",
        Evidence.PhotoFinish => "photo",
        Evidence.Jury => "jury",
        _ => throw new System.Diagnostics.UnreachableException(evidence.ToString()),
    };

    public static string Ordinal(int n) =>
        (n % 100 is 11 or 12 or 13 ? "th" : (n % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" }) is var end ? $"{n}{end}" : "";

    /// <summary>"Heat winners and the 12 fastest of the others go through."</summary>
    public static string Rule(AdvanceRule rule)
    {
        var places = rule.PerHeat switch { 0 => null, 1 => "Heat winners", var n => $"The first {n} of each heat" };
        if (rule is { TimePlace: not null, Fastest: > 0 })
            return places is null
                ? $"The {Fastest(rule)} {(rule.Fastest == 1 ? "goes" : "go")} through."
                : $"{places} and the {Fastest(rule)} go through.";
        return (places, rule.Fastest) switch
        {
            (null, 1) => "The fastest goes through.",
            (null, var m) => $"The {m} fastest go through.",
            (var p, 0) => $"{p} go through.",
            (var p, 1) => $"{p} and the fastest of the others go through.",
            (var p, var m) => $"{p} and the {m} fastest of the others go through.",
        };
    }

    /// <summary>The advancement of one skater in one plain sentence; and another where the jury's start list says otherwise (OFF-3).</summary>
    public static string Sentence(Meet meet, Entrant entrant, RoundStanding round)
    {
        var said = Sentence(entrant, round);
        if (meet.Kept.IsEmpty || entrant.Withdrawn)
            return said;
        var (plan, bib) = (round.Event, entrant.Skater.Bib);
        foreach (var next in plan.Rounds)
            if (!next.IsForTheRest() && meet.Kept.ContainsKey((plan.Id, next.Id)) && plan.SourceOf(next)?.Id == round.Round.Id
                && meet.HeatsOf(plan.Id, next.Id).Any(heat => heat.Bibs.Contains(bib)) is var starts && starts != entrant.Advances)
                return $"{said} {(starts ? "Starts" : "Does not start")} in the {next.Name}, by the jury's start list.";
        return said;
    }

    /// <summary>The advancement of one skater in one plain sentence.</summary>
    public static string Sentence(Entrant entrant, RoundStanding round)
    {
        var rule = round.Round.Advance!;
        if (entrant.Withdrawn)
            return "Withdrawn; nobody moves up.";
        if (entrant.Skater.Status is { } status && status != Statuses.Ok && entrant.By == AdvancedBy.None)
            return $"{status}: does not go through.";
        var place = entrant.Skater.Rank is { } rank ? $"{Ordinal(rank)} in the heat. " : "";
        var left = round.HeatsLeft switch { 0 => "", 1 => " with one heat left", var n => $" with {n} heats left" };
        var through = Through(rule);
        return place + (entrant.By, entrant.Certainty) switch
        {
            (AdvancedBy.Jury, _) => "Through: sent on by the jury.",
            (AdvancedBy.Place, Certainty.Safe) => "Through by place.",
            (AdvancedBy.Place, _) when entrant.Skater.IsOk => "Goes through by place once this is official.",
            (AdvancedBy.Place, _) => "Would go through by place as things stand.",
            (AdvancedBy.Time, Certainty.Safe) => $"Through on time: {Ordinal(entrant.TimeRank!.Value)} of {rule.Fastest}.",
            (AdvancedBy.Time, Certainty.Bubble) => $"{through}; {Ordinal(entrant.TimeRank!.Value)} of {rule.Fastest} on time{left}, the last to go through.",
            (AdvancedBy.Time, _) => $"{through}; {Ordinal(entrant.TimeRank!.Value)} of {rule.Fastest} on time{left}.",
            _ when entrant.AwaitsJury => $"{through}; level with others for the last place on time, the jury decides.",
            (_, Certainty.Gone) when entrant.TimeRank is { } time =>
                $"Out: {Ordinal(time)} on time; the {Fastest(rule)} {(rule.Fastest == 1 ? "goes" : "go")} through.",
            (_, Certainty.Gone) when entrant.Heat.State == HeatStage.Cancelled => "Out: the heat was cancelled.",
            (_, Certainty.Gone) => "Out.",
            _ when entrant.TimeRank is { } time => $"{through}; {Ordinal(time)} on time{left}, not through as things stand.",
            _ when entrant.NeededMs is { } needed =>
                $"Needs {Timing.RaceTime.Format(needed)} or better{(rule.PerHeat > 0 ? " on time, or a direct place" : "")}.",
            _ when entrant.Skater.IsOk => $"{through}; not through as things stand.",
            _ => $"{Rule(rule)}",
        };
    }

    /// <summary>"12 fastest", "fastest of those placed 3rd".</summary>
    private static string Fastest(AdvanceRule rule) =>
        $"{(rule.Fastest == 1 ? "" : $"{rule.Fastest} ")}fastest{(rule.TimePlace is { } only ? $" of those placed {Ordinal(only)}" : "")}";

    /// <summary>"The winner goes through, plus the 12 fastest": for somebody's own heat.</summary>
    private static string Through(AdvanceRule rule)
    {
        var fastest = $"the {Fastest(rule)}";
        return (rule.PerHeat, rule.Fastest) switch
        {
            (0, 1) => $"{char.ToUpperInvariant(fastest[0])}{fastest[1..]} goes through",
            (0, _) => $"{char.ToUpperInvariant(fastest[0])}{fastest[1..]} go through",
            (1, 0) => "The winner goes through",
            (1, _) => $"The winner goes through, plus {fastest}",
            (var n, 0) => $"The first {n} go through",
            var (n, _) => $"The first {n} go through, plus {fastest}",
        };
    }
}
