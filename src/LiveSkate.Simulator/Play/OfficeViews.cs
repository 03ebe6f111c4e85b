using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LiveSkate.Simulator.Play;

/// <summary>What is read of the results of an event (contract section 4).</summary>
public sealed record EventView(ImmutableArray<RoundView> Rounds, ImmutableArray<FinalView> Final);

public sealed record RoundView(string Id, string Status, ImmutableArray<HeatView> Heats, ImmutableArray<AdvancementView> Advancement);

public sealed record HeatView(string Id, int Run, string State, ImmutableArray<RowView> Rows);

public sealed record RowView(int? Rank, string Bib, long? TimeMs, string? Status, string? Mark, int? Points = null, int LapsDown = 0);

public sealed record AdvancementView(string Bib, string? Mark, string? By, string? Certainty);

public sealed record FinalView(int? Rank, string Bib, long? TimeMs, string? Status, int? Points = null);

/// <summary>An error as RFC 9457 tells it.</summary>
public sealed record ProblemView(string? Code, string? Title, string? Detail, ImmutableArray<FaultView>? Faults);

public sealed record FaultView(string? Path, string? Code, string? Detail);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(EventView))]
[JsonSerializable(typeof(HeatView))]
[JsonSerializable(typeof(ProblemView))]
internal sealed partial class OfficeJson : JsonSerializerContext;
