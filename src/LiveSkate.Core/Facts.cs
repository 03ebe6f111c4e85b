using System.Collections.Immutable;
using System.Text.Json.Serialization;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Timing;

namespace LiveSkate.Core;

/// <summary>
/// Everything that can happen. Facts are stored: the names of these records and of their members are a
/// contract with last year's journals, so they are added to, never renamed.
/// </summary>
public abstract record Fact
{
    private protected Fact() { }
}

/// <summary>A fact with its place in the one journal of the venue.</summary>
/// <param name="At">Position, 1, 2, 3 …</param>
/// <param name="RecordedAt">When the hub wrote it down; never used by a rule.</param>
/// <param name="Meet">The meet it belongs to; null for what comes from the track, which every meet reads for itself.</param>
/// <param name="Actor">"office", "src/{source}" or "hub".</param>
public sealed record Recorded(long At, DateTimeOffset RecordedAt, string? Meet, string Actor, Fact Fact);

/// <summary>What came over MQTT. <see cref="Key"/> says whether it is a repeat, <see cref="Content"/> whether the repeat is honest.</summary>
public abstract record TrackFact : Fact
{
    private protected TrackFact() { }

    public required string Source { get; init; }

    /// <summary>The sender's run; with <see cref="Seq"/>, or neither.</summary>
    public string? Epoch { get; init; }

    /// <summary>The sender's counter within its run, from 1.</summary>
    public long? Seq { get; init; }

    /// <summary>Made up by a simulator; counts only in a rehearsal.</summary>
    public bool Sim { get; init; }

    [JsonIgnore] public string Key => Epoch is null ? $"{Source}|{BareKey}" : $"{Source}|{Epoch}|{Seq}";

    [JsonIgnore] private protected abstract string BareKey { get; }

    [JsonIgnore] public abstract string Content { get; }
}

/// <summary>One transponder crossed one loop.</summary>
public sealed record PassingRead : TrackFact
{
    public required string Chip { get; init; }

    [JsonPropertyName("timeUs"), JsonConverter(typeof(InstantAsMicroseconds))]
    public required DateTimeOffset Time { get; init; }

    public long? DeviceNo { get; init; }
    public string? Loop { get; init; }
    public int? Hits { get; init; }
    public int? Strength { get; init; }
    public string? Battery { get; init; }

    /// <summary>Sent from a memory, not as it happened.</summary>
    public bool Replay { get; init; }

    private protected override string BareKey => $"{Chip}|{Microseconds.FromInstant(Time)}";

    public override string Content => $"passing|{Chip}|{Microseconds.FromInstant(Time)}";
}

[JsonConverter(typeof(JsonStringEnumConverter<SignalKind>))]
public enum SignalKind
{
    [JsonStringEnumMemberName("gun")] Gun,
    [JsonStringEnumMemberName("gate")] Gate,
    [JsonStringEnumMemberName("recall")] Recall,
}

public sealed record SignalGiven : TrackFact
{
    public required SignalKind Kind { get; init; }

    [JsonPropertyName("timeUs"), JsonConverter(typeof(InstantAsMicroseconds))]
    public required DateTimeOffset Time { get; init; }

    private protected override string BareKey => $"{Kind}|{Microseconds.FromInstant(Time)}";

    public override string Content => $"signal|{Kind}|{Microseconds.FromInstant(Time)}";
}

/// <summary>The photo finish read a whole heat; the highest revision counts.</summary>
public sealed record FinishRead : TrackFact
{
    public required string Heat { get; init; }
    public required int Revision { get; init; }
    public required ImmutableArray<FinishRow> Rows { get; init; }

    public FinishRow? Row(string bib)
    {
        foreach (var row in Rows)
            if (row.Bib == bib)
                return row;
        return null;
    }

    private protected override string BareKey => $"finish|{Heat}|{Revision}";

    public override string Content =>
        $"finish|{Heat}|{Revision}|" + string.Join(';', Rows.Select(row => $"{row.Bib},{row.Place},{row.Elapsed?.Ticks},{row.Status}"));
}

/// <param name="Place">1 for the winner; shared in a dead heat; null where the camera saw none.</param>
/// <param name="Elapsed">Since the gun, or since his own start where each has his own clock (TIM-6); null for a place without a time (TIM-9).</param>
/// <param name="Status">OK, DNS, DNF or DSQ, as the camera's operator wrote it.</param>
public sealed record FinishRow(
    string Bib,
    int? Place,
    [property: JsonPropertyName("elapsedUs"), JsonConverter(typeof(SpanAsMicroseconds))] TimeSpan? Elapsed,
    string Status);

/// <summary>A gateway's word on its own health; sent on change and every 5 s, and as its will.</summary>
public sealed record SourceReported : Fact
{
    public required string Source { get; init; }

    /// <summary>"up", or what the sender calls its trouble: "down", "lost", "degraded".</summary>
    public required string Link { get; init; }

    [JsonPropertyName("atUs"), JsonConverter(typeof(InstantAsMicroseconds))]
    public DateTimeOffset? SentAt { get; init; }

    public long? LastSeq { get; init; }
    public int? Noise { get; init; }
    public decimal? Volts { get; init; }
    public long? ClockOffsetUs { get; init; }
    public ImmutableArray<string> Alarms { get; init; } = [];
}

/// <summary>A message that could not be used. Its bytes stay, so that nothing is lost and the sender can be mended.</summary>
public sealed record MessageRejected : Fact
{
    public required string Topic { get; init; }

    /// <summary>From the topic, where it names one.</summary>
    public string? Source { get; init; }

    /// <summary>Stable: not-json, not-utf8, too-large, wrong-type, missing, out-of-range, unknown-topic, unknown-source, unknown-heat, unknown-bib, simulated, identity-conflict …</summary>
    public required string Reason { get; init; }

    public required string Detail { get; init; }

    /// <summary>The first 1 KiB as it came.</summary>
    public required byte[] Bytes { get; init; }

    /// <summary>Bytes in all.</summary>
    public required int Length { get; init; }

    /// <summary>Where they could be read: what was received is not a hole, useless as it is.</summary>
    public string? Epoch { get; init; }

    public long? Seq { get; init; }
}

/// <summary>What the office did in a meet. The names here are those of the journal's kinds; they are stored where one fact holds another.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(HeatOpened), "heat-opened")]
[JsonDerivedType(typeof(HeatPaused), "heat-paused")]
[JsonDerivedType(typeof(HeatArmed), "heat-armed")]
[JsonDerivedType(typeof(HeatDisarmed), "heat-disarmed")]
[JsonDerivedType(typeof(HeatStarted), "heat-started")]
[JsonDerivedType(typeof(HeatFinished), "heat-finished")]
[JsonDerivedType(typeof(HeatRecalled), "heat-recalled")]
[JsonDerivedType(typeof(HeatPublished), "heat-published")]
[JsonDerivedType(typeof(HeatMadeOfficial), "heat-made-official")]
[JsonDerivedType(typeof(HeatReviewed), "heat-reviewed")]
[JsonDerivedType(typeof(HeatAnnulled), "heat-annulled")]
[JsonDerivedType(typeof(PassingAdded), "passing-added")]
[JsonDerivedType(typeof(PassingVoided), "passing-voided")]
[JsonDerivedType(typeof(FinishOrderSet), "finish-order-set")]
[JsonDerivedType(typeof(TimeSet), "time-set")]
[JsonDerivedType(typeof(SkaterSanctioned), "skater-sanctioned")]
[JsonDerivedType(typeof(SanctionLifted), "sanction-lifted")]
[JsonDerivedType(typeof(SkatersEliminated), "skaters-eliminated")]
[JsonDerivedType(typeof(SkaterReinstated), "skater-reinstated")]
[JsonDerivedType(typeof(SprintJudged), "sprint-judged")]
[JsonDerivedType(typeof(HeatCancelled), "heat-cancelled")]
[JsonDerivedType(typeof(HeatResumed), "heat-resumed")]
[JsonDerivedType(typeof(SkaterOnTrack), "skater-on-track")]
[JsonDerivedType(typeof(RecordRatified), "record-ratified")]
[JsonDerivedType(typeof(ProtestFiled), "protest-filed")]
[JsonDerivedType(typeof(CommandUndone), "command-undone")]
[JsonDerivedType(typeof(DrawProposed), "draw-proposed")]
[JsonDerivedType(typeof(DrawConfirmed), "draw-confirmed")]
[JsonDerivedType(typeof(SkaterAdvanced), "skater-advanced")]
[JsonDerivedType(typeof(SkaterWithdrawn), "skater-withdrawn")]
[JsonDerivedType(typeof(TransponderAssigned), "transponder-assigned")]
public abstract record OfficeFact : Fact
{
    private protected OfficeFact() { }
}

public sealed record MeetPut(MeetDocument Document) : OfficeFact;

/// <summary>TIM-7: from then on a transponder is worn by somebody else; a later word on it goes before this one, from its own moment on.</summary>
/// <param name="Skater">By id; null: nobody.</param>
/// <param name="From">Null: always.</param>
public sealed record TransponderAssigned(
    string Transponder,
    string? Skater,
    [property: JsonPropertyName("fromUs"), JsonConverter(typeof(InstantAsMicroseconds))] DateTimeOffset? From) : OfficeFact;

/// <summary>What an earlier command said does not count any more; it stays in the journal.</summary>
/// <param name="At">Its position; of the newest word on it, where it was undone before.</param>
/// <param name="By">Said in its place, at the same moment; null: nothing, or what counted before where an undo is undone.</param>
public sealed record CommandUndone(long At, OfficeFact? By) : OfficeFact;

/// <summary>OFF-3: a command that changed who goes on, and what the office said of the rounds that had begun by then.</summary>
/// <param name="Said">What the command said by itself.</param>
/// <param name="Next">keep: their start lists stand all the same; redraw: they are given up, with every round drawn from them.</param>
public sealed record NextRoundSettled(OfficeFact? Said, string Next, ImmutableArray<SettledRound> Rounds) : OfficeFact;

/// <param name="Due">Who goes on from the round before, with this change.</param>
public sealed record SettledRound(string Event, string Round, ImmutableArray<string> Due);

public abstract record HeatFact(string Heat) : OfficeFact;

public sealed record HeatOpened(string Heat) : HeatFact(Heat);

public sealed record HeatArmed(string Heat) : HeatFact(Heat);

public sealed record HeatDisarmed(string Heat) : HeatFact(Heat);

/// <summary>Started by the office, where no gun was read.</summary>
public sealed record HeatStarted(
    string Heat,
    [property: JsonPropertyName("timeUs"), JsonConverter(typeof(InstantAsMicroseconds))] DateTimeOffset Time) : HeatFact(Heat);

/// <summary>The office waits for nobody any more: passings but no finish is DNF, none at all DNS.</summary>
public sealed record HeatFinished(string Heat) : HeatFact(Heat);

/// <param name="Bib">Who made the false start (INC-2), or null.</param>
public sealed record HeatRecalled(string Heat, string? Bib) : HeatFact(Heat);

public sealed record HeatPublished(string Heat) : HeatFact(Heat);

public sealed record HeatMadeOfficial(string Heat) : HeatFact(Heat);

public sealed record HeatReviewed(string Heat, string Reason) : HeatFact(Heat);

/// <summary>INC-9: a new run of the same id, open; the old one is kept.</summary>
public sealed record HeatAnnulled(string Heat, string Reason) : HeatFact(Heat);

/// <param name="Skater">Of a team: which member, by id; null where it does not matter.</param>
public sealed record PassingAdded(
    string Heat,
    string Bib,
    [property: JsonPropertyName("timeUs"), JsonConverter(typeof(InstantAsMicroseconds))] DateTimeOffset Time,
    string? Skater = null) : HeatFact(Heat);

/// <summary>REL-2: from then on this member of the team is the one in the race.</summary>
/// <param name="Skater">By id.</param>
public sealed record SkaterOnTrack(
    string Heat,
    string Bib,
    string Skater,
    [property: JsonPropertyName("timeUs"), JsonConverter(typeof(InstantAsMicroseconds))] DateTimeOffset Time) : HeatFact(Heat);

/// <param name="Passing">The position in the journal of the passing.</param>
public sealed record PassingVoided(string Heat, long Passing) : HeatFact(Heat);

/// <param name="Bibs">In order; who stands together crossed together (TIM-11).</param>
/// <param name="Reason">Why the jury says so (OFF-8); null where it was not said.</param>
public sealed record FinishOrderSet(string Heat, ImmutableArray<ImmutableArray<string>> Bibs, string? Reason = null) : HeatFact(Heat);

/// <summary>OFF-5: the result is under review until it is published again.</summary>
/// <param name="From">The delegate's team, or who else protests.</param>
public sealed record ProtestFiled(string Heat, string From, string Reason) : HeatFact(Heat);

/// <param name="TimeMs">Official time in ms; null: placed without a time (TIM-9).</param>
public sealed record TimeSet(string Heat, string Bib, long? TimeMs, string Reason) : HeatFact(Heat);

/// <param name="Code">WDR, DNS, DNF, DSQ-TF, DSQ-SF, DSQ-DF, or a remark: W1, W2, FS, RR (rules.md section 6).</param>
/// <param name="With">RR: who was affected, in the order in which they arrived (INC-5); null otherwise.</param>
/// <param name="Judge">COD-4: who saw it; null where it was not said.</param>
/// <param name="Article">COD-4: of the rulebook; null where it was not said.</param>
public sealed record SkaterSanctioned(
    string Heat, string Bib, string Code, string Reason, ImmutableArray<string>? With = null, string? Judge = null, string? Article = null)
    : HeatFact(Heat);

public sealed record SanctionLifted(string Heat, string Bib, string Code, string Reason) : HeatFact(Heat);

/// <summary>Out of an elimination, by the judges' word (ELI-2). Who is named together went out together.</summary>
/// <param name="Bibs">ELI-5: in the order in which they crossed; the last has the lowest place.</param>
/// <param name="LapsToGo">Of the leader; null where it was not said.</param>
/// <param name="Cause">rule, lapped, fall, gave-up, fault (ELI-7).</param>
public sealed record SkatersEliminated(string Heat, ImmutableArray<string> Bibs, int? LapsToGo, string Cause) : HeatFact(Heat);

/// <summary>ELI-11: put back; all later places move.</summary>
public sealed record SkaterReinstated(string Heat, string Bib, string Reason) : HeatFact(Heat);

/// <summary>PTS-5: the judges' order at a sprint; who stands together crossed together.</summary>
/// <param name="LapsToGo">Of the leader at that crossing; 0 at the finish.</param>
public sealed record SprintJudged(string Heat, int LapsToGo, ImmutableArray<ImmutableArray<string>> Bibs) : HeatFact(Heat);

/// <summary>INC-8: it will not be skated, or not to its end; nothing of it counts.</summary>
public sealed record HeatCancelled(string Heat, string Reason) : HeatFact(Heat);

/// <summary>INC-3: the race is neutralised or stopped while it runs; its clock and its passings go on.</summary>
/// <param name="How">neutralised or stopped.</param>
public sealed record HeatPaused(string Heat, string How, string Reason) : HeatFact(Heat);

public sealed record HeatResumed(string Heat) : HeatFact(Heat);

/// <summary>REC-3: a record that was skated here is one from now on, no longer pending.</summary>
/// <param name="Mark">As the document names the mark: WR, CR, GR, NR …</param>
public sealed record RecordRatified(string Heat, string Bib, string Mark) : HeatFact(Heat);

public abstract record RoundFact(string Event, string Round) : OfficeFact;

/// <summary>SED-7: computed and shown; nobody starts by it yet.</summary>
public sealed record DrawProposed(string Event, string Round, ImmutableArray<ImmutableArray<string>> Heats) : RoundFact(Event, Round);

/// <param name="Heats">Bibs of heat 1, 2 … in start order.</param>
/// <param name="ByJury">The jury's own draw, not the computed one.</param>
/// <param name="Due">Who went on from the round before at that moment, where the jury drew otherwise; null: those who were drawn.</param>
public sealed record DrawConfirmed(
    string Event, string Round, ImmutableArray<ImmutableArray<string>> Heats, bool ByJury, ImmutableArray<string>? Due = null)
    : RoundFact(Event, Round);

/// <summary>INC-10: the jury sends one on to the round after <paramref name="Round"/>.</summary>
public sealed record SkaterAdvanced(string Event, string Round, string Bib, string Reason) : RoundFact(Event, Round);

/// <summary>QUA-7: qualified from <paramref name="Round"/> and will not start; nobody moves up.</summary>
public sealed record SkaterWithdrawn(string Event, string Round, string Bib, string Reason) : RoundFact(Event, Round);
