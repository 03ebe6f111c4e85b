using System.Collections.Concurrent;
using System.Collections.Frozen;
using LiveSkate.Core.Rules;

namespace LiveSkate.Core.Meets;

/// <summary>The meet document by what one looks for. Made once, when the document is put.</summary>
public sealed class MeetIndex
{
    private readonly FrozenDictionary<string, SourceDocument> _sources;
    private readonly FrozenDictionary<string, string> _skaterByChip;
    private readonly FrozenDictionary<string, SkaterDocument> _skaters;
    private readonly FrozenDictionary<string, EventDocument> _events;
    private readonly FrozenDictionary<(string Event, string Bib), Competitor> _competitors;

    private readonly ConcurrentDictionary<string, RaceSetting> _settings = new(StringComparer.Ordinal);
    private readonly VenueDocument _venue;

    public MeetIndex(MeetDocument document)
    {
        _venue = document.Venue;
        _sources = document.Sources.ToFrozenDictionary(source => source.Id);
        _skaters = document.Skaters.ToFrozenDictionary(skater => skater.Id);
        _skaterByChip = document.Skaters
            .SelectMany(skater => skater.Transponders, (skater, chip) => (chip, skater.Id))
            .ToFrozenDictionary(pair => pair.chip, pair => pair.Id);
        HasLines = document.Sources.Any(source => source.Line is not null);
        var finishes = document.Sources.Where(source => source.Role == SourceRole.Finish).Select(source => source.Line).ToList();
        HasTwoLines = finishes.Contains(1) && finishes.Contains(2);
        _events = document.Events.ToFrozenDictionary(plan => plan.Id);
        _competitors = document.Events
            .SelectMany(plan => plan.Entries, (plan, entry) => (Key: (plan.Id, entry.Bib), Who: Meets.Competitor.Of(entry, id => _skaters[id])))
            .ToFrozenDictionary(pair => pair.Key, pair => pair.Who);
    }

    /// <summary>Some source watches one line of two.</summary>
    public bool HasLines { get; }

    /// <summary>LAP-3: there is a finish at each of two opposite lines.</summary>
    public bool HasTwoLines { get; }

    public SourceDocument? Source(string id) => _sources.GetValueOrDefault(id);

    /// <summary>As the document says; <see cref="Meet.WearerOf"/> knows what was said since.</summary>
    public string? SkaterOfChip(string chip) => _skaterByChip.GetValueOrDefault(chip);

    public SkaterDocument? Skater(string id) => _skaters.GetValueOrDefault(id);

    public Competitor? Competitor(string @event, string bib) => _competitors.GetValueOrDefault((@event, bib));

    public EventDocument? Event(string id) => _events.GetValueOrDefault(id);

    internal RaceSetting SettingOf(string @event) =>
        _settings.GetOrAdd(@event, static (id, index) => RaceSetting.Of(index._venue, index._events[id]), this);

    public RoundDocument? Round(string @event, string round) => Event(@event)?.Rounds.FirstOrDefault(r => r.Id == round);
}
