using System.Text.Encodings.Web;
using System.Text.Json;
using LiveSkate.Core.Published;
using LiveSkate.Server.Live;

namespace LiveSkate.Server.Tests.Live;

/// <summary>Made-up scopes, as the projection would hand them over.</summary>
internal static class Records
{
    private static readonly JsonSerializerOptions Wire =
        new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> Bytes<T>(T record) => JsonSerializer.SerializeToUtf8Bytes(record, Wire);

    public static ScopeState State(IEnumerable<KeyValuePair<string, string>> puts) =>
        new(puts.ToDictionary(put => put.Key, put => (ReadOnlyMemory<byte>)System.Text.Encoding.UTF8.GetBytes(put.Value)));

    /// <summary>A heat of eight, large enough for deltas to be worth it.</summary>
    public static ScopeState Heat(HeatHeader header, IEnumerable<HeatRow> rows)
    {
        var puts = new Dictionary<string, ReadOnlyMemory<byte>> { ["heat"] = Bytes(header) };
        foreach (var row in rows)
            puts[$"row:{row.Bib}"] = Bytes(row);
        return new ScopeState(puts);
    }

    public static HeatHeader Header(string state) => new()
    {
        Meet = "worldgames-2022", At = 100, Event = "m1000", EventName = "Men's 1000 m sprint", Round = "pre", RoundName = "Preliminary round",
        Id = "m1000-pre-1", Number = 1, Of = 4, Run = 1, State = state, Version = 0, Correction = null, JuryOrder = null, ProtestUntilUs = null, StartListDoubt = null, Reason = null, DistanceM = 1000m, Laps = 5, LapsToGo = null,
        OrderAt = null, Clock = null, Rehearsal = false, Format = "sprint", Bell = false, NextSprint = null, NextElimination = null,
        GoOut = 0, StillIn = null, Proposed = [], LastSprint = null, CommonLap = null, Records = [], Paused = null,
    };

    public static HeatRow Row(int order, string name) => new()
    {
        Order = order, Rank = null, Bib = $"{11 + order}", Name = name, ShortName = name.Split(' ')[^1], Nation = "COL", TimeMs = null,
        Time = null, Status = null, Mark = null, Remarks = [], Lap = 0, ElapsedMs = null, GapMs = null, LapMs = null, Overdue = false,
        Members = [], Points = null, LapsDown = 0, InDanger = false, PointsUnjudged = null, OnTrack = null, ProposedOut = false, Out = null,
        From = null, Lane = null, MeasuredMs = null, Proposed = null, RoundRank = null, AheadMs = null, Skater = null, StartMs = null, TimeBy = null,
        CommonMs = null, DueMs = null, OverdueMs = null, ProjectedMs = null, ProjectedRestMs = null, RecordLapMs = null,
        Unresolved = false, Certainty = "in", NeededMs = null, Words = null,
    };
}
