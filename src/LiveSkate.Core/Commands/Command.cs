using System.Collections.Immutable;
using System.Text.Json.Serialization;
using LiveSkate.Core.Timing;

namespace LiveSkate.Core.Commands;

/// <summary>What the office asks of a meet (contract section 3). One command becomes one fact, or a <see cref="Refusal"/>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(OpenHeat), "openHeat")]
[JsonDerivedType(typeof(ArmHeat), "armHeat")]
[JsonDerivedType(typeof(DisarmHeat), "disarmHeat")]
[JsonDerivedType(typeof(StartHeat), "startHeat")]
[JsonDerivedType(typeof(FinishHeat), "finishHeat")]
[JsonDerivedType(typeof(RecallHeat), "recallHeat")]
[JsonDerivedType(typeof(Publish), "publish")]
[JsonDerivedType(typeof(MakeOfficial), "makeOfficial")]
[JsonDerivedType(typeof(Review), "review")]
[JsonDerivedType(typeof(Protest), "protest")]
[JsonDerivedType(typeof(AnnulHeat), "annulHeat")]
[JsonDerivedType(typeof(CancelHeat), "cancelHeat")]
[JsonDerivedType(typeof(PauseHeat), "pauseHeat")]
[JsonDerivedType(typeof(ResumeHeat), "resumeHeat")]
[JsonDerivedType(typeof(RatifyRecord), "ratifyRecord")]
[JsonDerivedType(typeof(AddPassing), "addPassing")]
[JsonDerivedType(typeof(VoidPassing), "voidPassing")]
[JsonDerivedType(typeof(SetOnTrack), "setOnTrack")]
[JsonDerivedType(typeof(SetFinishOrder), "setFinishOrder")]
[JsonDerivedType(typeof(SetTime), "setTime")]
[JsonDerivedType(typeof(Sanction), "sanction")]
[JsonDerivedType(typeof(LiftSanction), "liftSanction")]
[JsonDerivedType(typeof(Eliminate), "eliminate")]
[JsonDerivedType(typeof(Reinstate), "reinstate")]
[JsonDerivedType(typeof(SetSprint), "setSprint")]
[JsonDerivedType(typeof(Undo), "undo")]
[JsonDerivedType(typeof(DrawRound), "drawRound")]
[JsonDerivedType(typeof(ConfirmDraw), "confirmDraw")]
[JsonDerivedType(typeof(Advance), "advance")]
[JsonDerivedType(typeof(Withdraw), "withdraw")]
[JsonDerivedType(typeof(AssignTransponder), "assignTransponder")]
public abstract record Command
{
    private protected Command() { }
}

/// <summary>Takes a command back, as if it had never been given; an undo too, and so what it took back counts again.</summary>
/// <param name="At">Its position in the journal.</param>
/// <param name="By">Another act in its place, as if given at that moment; null: none.</param>
public sealed record Undo(long At, Command? By = null) : Command;

/// <summary>TIM-7: a spare, or one of the organiser's, is handed out on the day; what it has read since is looked at anew.</summary>
/// <param name="Skater">By id; null: nobody wears it any more.</param>
/// <param name="From">Null: from the start of the race that the skater is in, else from now on; a transponder that nobody has worn was always his.</param>
public sealed record AssignTransponder(
    string Transponder,
    string? Skater,
    [property: JsonPropertyName("fromUs"), JsonConverter(typeof(InstantAsMicroseconds))] DateTimeOffset? From = null) : Command;

public abstract record HeatCommand(string Heat) : Command;

public sealed record OpenHeat(string Heat) : HeatCommand(Heat);

public sealed record ArmHeat(string Heat) : HeatCommand(Heat);

public sealed record DisarmHeat(string Heat) : HeatCommand(Heat);

public sealed record StartHeat(
    string Heat,
    [property: JsonPropertyName("timeUs"), JsonConverter(typeof(InstantAsMicroseconds))] DateTimeOffset Time) : HeatCommand(Heat);

public sealed record FinishHeat(string Heat) : HeatCommand(Heat);

public sealed record RecallHeat(string Heat, string? Bib = null) : HeatCommand(Heat);

public sealed record Publish(string Heat) : HeatCommand(Heat);

public sealed record MakeOfficial(string Heat) : HeatCommand(Heat);

public sealed record Review(string Heat, string Reason) : HeatCommand(Heat);

/// <param name="From">The delegate's team, or who else protests.</param>
public sealed record Protest(string Heat, string From, string Reason) : HeatCommand(Heat);

public sealed record AnnulHeat(string Heat, string Reason) : HeatCommand(Heat);

public sealed record CancelHeat(string Heat, string Reason) : HeatCommand(Heat);

/// <param name="How">neutralised or stopped.</param>
public sealed record PauseHeat(string Heat, string How, string Reason) : HeatCommand(Heat);

public sealed record ResumeHeat(string Heat) : HeatCommand(Heat);

/// <param name="Kind">As the document names the mark: WR, CR, GR, NR …</param>
public sealed record RatifyRecord(string Heat, string Bib, string Kind) : HeatCommand(Heat);

/// <param name="Skater">Of a team: which member, by id; needed where the n-th of the team counts.</param>
public sealed record AddPassing(
    string Heat,
    string Bib,
    [property: JsonPropertyName("timeUs"), JsonConverter(typeof(InstantAsMicroseconds))] DateTimeOffset Time,
    string? Skater = null) : HeatCommand(Heat);

/// <summary>REL-2: from then on this member of the team is the one in the race.</summary>
/// <param name="Skater">By id.</param>
public sealed record SetOnTrack(
    string Heat,
    string Bib,
    string Skater,
    [property: JsonPropertyName("timeUs"), JsonConverter(typeof(InstantAsMicroseconds))] DateTimeOffset Time) : HeatCommand(Heat);

public sealed record VoidPassing(string Heat, long Passing) : HeatCommand(Heat);

/// <param name="Reason">Shown where the order is not the one that was measured (OFF-8).</param>
public sealed record SetFinishOrder(string Heat, ImmutableArray<ImmutableArray<string>> Bibs, string? Reason = null) : HeatCommand(Heat);

public sealed record SetTime(string Heat, string Bib, long? TimeMs, string Reason) : HeatCommand(Heat);

/// <param name="With">RR: who was affected, in the order in which they arrived.</param>
/// <param name="Judge">Who saw it.</param>
/// <param name="Article">Of the rulebook.</param>
public sealed record Sanction(
    string Heat, string Bib, string Code, string Reason, ImmutableArray<string>? With = null, string? Judge = null, string? Article = null)
    : HeatCommand(Heat);

public sealed record LiftSanction(string Heat, string Bib, string Code, string Reason) : HeatCommand(Heat);

/// <param name="Bibs">In the order in which they crossed; the last has the lowest place.</param>
/// <param name="LapsToGo">Of the leader; null where it does not matter.</param>
/// <param name="Cause">rule (the default; where nobody goes out by rule another one is needed), lapped, fall, gave-up, fault.</param>
public sealed record Eliminate(string Heat, ImmutableArray<string> Bibs, int? LapsToGo = null, string? Cause = null) : HeatCommand(Heat);

public sealed record Reinstate(string Heat, string Bib, string Reason) : HeatCommand(Heat);

/// <param name="LapsToGo">Of the leader at that crossing; 0 at the finish.</param>
/// <param name="Bibs">In the order over the line; who stands together crossed together. Empty: the transponders' order again.</param>
public sealed record SetSprint(string Heat, int LapsToGo, ImmutableArray<ImmutableArray<string>> Bibs) : HeatCommand(Heat);

public abstract record RoundCommand(string Event, string Round) : Command;

public sealed record DrawRound(string Event, string Round) : RoundCommand(Event, Round);

public sealed record ConfirmDraw(string Event, string Round, ImmutableArray<ImmutableArray<string>>? Heats = null)
    : RoundCommand(Event, Round);

public sealed record Advance(string Event, string Round, string Bib, string Reason) : RoundCommand(Event, Round);

public sealed record Withdraw(string Event, string Round, string Bib, string Reason) : RoundCommand(Event, Round);
