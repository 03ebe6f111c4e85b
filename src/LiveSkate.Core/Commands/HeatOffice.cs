using System.Diagnostics;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;
using static LiveSkate.Core.Meets.HeatStage;

namespace LiveSkate.Core.Commands;

/// <summary>The life of a heat and what is taken when (contract section 3).</summary>
internal static class HeatOffice
{
    private static readonly HeatStage[] FromRunning = [Running, Finished, Provisional, HeatStage.Review];

    /// <summary>Who will not start is known before the race too.</summary>
    private static readonly HeatStage[] FromOpen = [Open, Armed, .. FromRunning];

    /// <summary>Who withdraws may do so before anything has begun.</summary>
    private static readonly HeatStage[] FromScheduled = [Scheduled, .. FromOpen];

    /// <summary>In which states each command is taken.</summary>
    private static readonly Dictionary<string, HeatStage[]> Table = new(StringComparer.Ordinal)
    {
        ["openHeat"] = [Scheduled],
        ["armHeat"] = [Open],
        ["disarmHeat"] = [Armed],
        ["startHeat"] = [Armed],
        ["finishHeat"] = [Running, Finished],
        ["recallHeat"] = [Running],
        ["publish"] = [Finished, HeatStage.Review],
        ["makeOfficial"] = [Provisional],
        ["review"] = [Provisional, Official],
        ["protest"] = [Provisional, Official],
        ["annulHeat"] = [.. FromOpen, Official, Cancelled],
        ["cancelHeat"] = FromScheduled,
        ["addPassing"] = FromRunning,
        ["voidPassing"] = FromRunning,
        ["setOnTrack"] = [Armed, .. FromRunning],
        ["setFinishOrder"] = FromRunning,
        ["setTime"] = FromRunning,
        ["eliminate"] = FromRunning,
        ["reinstate"] = FromRunning,
        ["setSprint"] = FromRunning,
        ["ratifyRecord"] = [Official],
        ["pauseHeat"] = [Running],
        ["resumeHeat"] = [Running],
        ["sanction"] = FromRunning,
        ["liftSanction"] = FromRunning,
    };

    public static Decision Decide(Venue venue, Meet meet, Heat heat, HeatCommand command)
    {
        var state = HeatStandings.Of(meet, heat).State;
        if (!AllowedIn(command).Contains(state))
            return Decision.FromRefusal(WrongState(heat, command, state));
        return command switch
        {
            OpenHeat => new HeatOpened(heat.Id),
            ArmHeat => Arm(venue, meet, heat),
            DisarmHeat => new HeatDisarmed(heat.Id),
            StartHeat start => new HeatStarted(heat.Id, start.Time),
            FinishHeat => state == Finished ? Decision.Nothing : new HeatFinished(heat.Id),
            RecallHeat recall => recall.Bib is { } bib && !heat.Has(bib) ? UnknownBib(heat, bib) : new HeatRecalled(heat.Id, recall.Bib),
            Publish => new HeatPublished(heat.Id),
            MakeOfficial => new HeatMadeOfficial(heat.Id),
            Review review => new HeatReviewed(heat.Id, review.Reason),
            Protest protest => new ProtestFiled(heat.Id, protest.From, protest.Reason),
            AnnulHeat annul => new HeatAnnulled(heat.Id, annul.Reason),
            PauseHeat { How: "neutralised" or "stopped" } pause => new HeatPaused(heat.Id, pause.How, pause.Reason),
            PauseHeat pause => Decision.Refused(RefusalCodes.UnknownCode, $"{pause.How} is neither neutralised nor stopped."),
            ResumeHeat => heat.Run.Paused is null ? Decision.Nothing : new HeatResumed(heat.Id),
            CancelHeat cancel => new HeatCancelled(heat.Id, cancel.Reason),
            AddPassing add => Add(meet, heat, add),
            SetOnTrack word => TeamOffice.SetOnTrack(meet, heat, word),
            VoidPassing strike => Void(meet, heat, strike),
            SetFinishOrder or SetTime or Sanction or LiftSanction or Eliminate or Reinstate or SetSprint or RatifyRecord => HeatJury.Decide(meet, heat, command),
            _ => throw new UnreachableException(command.GetType().Name),
        };
    }

    private static HeatStage[] AllowedIn(HeatCommand command) => ((command as Sanction)?.Code ?? (command as LiftSanction)?.Code) switch
    {
        Statuses.Dns => FromOpen,
        Statuses.Withdrawn => FromScheduled,
        // A false start is made before the race runs, and may be noted or taken back when the field is back at the line.
        Statuses.FalseStart => FromOpen,
        _ => Table[Name(command)],
    };

    private static Refusal WrongState(Heat heat, HeatCommand command, HeatStage state)
    {
        var only = state switch { Scheduled => "WDR", Open or Armed => "WDR, DNS, FS", _ => null };
        string[] allowed = [.. Table.Where(row => row.Value.Contains(state)).Select(row => row.Key), .. only is null ? Array.Empty<string>() : ["sanction", "liftSanction"]];
        return new Refusal(
            RefusalCodes.WrongState,
            $"{Name(command)} needs {heat.Id} to be {string.Join(" or ", AllowedIn(command).Select(Word))}; it is {Word(state)}. "
                + $"Allowed now: {string.Join(", ", allowed)}{(only is null ? "" : $" (with {only} only)")}.")
        {
            State = Word(state), Allowed = allowed,
        };
    }

    private static Decision Arm(Venue venue, Meet meet, Heat heat)
    {
        foreach (var other in venue.Meets.Values)
            foreach (var (id, state) in other.Heats.Values.Where(h => h.Run.Phase == Phase.Armed).Select(h => (h.Id, HeatStandings.Of(other, h).State)))
            {
                if (other.Id != meet.Id && state is Armed or Running)
                    return Decision.Refused(RefusalCodes.AnotherMeet, $"{id} of {other.Id} is {Word(state)}; one meet at a time uses the track.");
                if (state == Armed)
                    return Decision.Refused(RefusalCodes.AnotherArmed, $"{id} is armed, and a gun can start only one heat. Disarm it first.");
            }
        return heat.Bibs.IsEmpty
            ? Decision.Refused(RefusalCodes.NoStarters, $"Nobody is entered in {heat.Id}.")
            : new HeatArmed(heat.Id);
    }

    private static Decision Add(Meet meet, Heat heat, AddPassing command)
    {
        if (!heat.Has(command.Bib))
            return UnknownBib(heat, command.Bib);
        var gun = HeatStandings.Of(meet, heat).Gun;
        return command.Time < gun
            ? Decision.Refused(RefusalCodes.OutOfRange, $"That is {(gun.Value - command.Time).TotalSeconds:0.###} s before the gun of {heat.Id}.")
            : TeamOffice.Misnamed(meet, heat, command) ?? new PassingAdded(heat.Id, command.Bib, command.Time, command.Skater);
    }

    private static Decision Void(Meet meet, Heat heat, VoidPassing command) =>
        HeatStandings.PassingsOf(meet, heat).Any(entry => entry.Passing.Passing.At == command.Passing)
            ? new PassingVoided(heat.Id, command.Passing)
            : Decision.Refused(RefusalCodes.UnknownPassing, $"{heat.Id} has no passing {command.Passing}.");

    internal static Decision UnknownBib(Heat heat, string? bib) =>
        Decision.Refused(RefusalCodes.UnknownBib, $"Bib {bib} is not in {heat.Id}; its bibs are {string.Join(", ", heat.Bibs)}.");

    /// <summary>A state as the contract writes it.</summary>
    private static string Word(HeatStage state) => Published.Words.Of(state);

    private static string Name(HeatCommand command) => char.ToLowerInvariant(command.GetType().Name[0]) + command.GetType().Name[1..];
}
