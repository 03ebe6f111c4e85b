using System.Collections.Frozen;

namespace LiveSkate.Core.Meets;

/// <summary>The meet document by what one looks for. Made once, when the document is put.</summary>
public sealed class MeetIndex
{
    private readonly FrozenDictionary<string, SourceDocument> _sources;
    private readonly FrozenDictionary<string, string> _skaterByChip;
    private readonly FrozenDictionary<string, SkaterDocument> _skaters;
    private readonly FrozenDictionary<string, EventDocument> _events;
    private readonly FrozenDictionary<(string Event, string Bib), SkaterDocument> _skaterByBib;

    public MeetIndex(MeetDocument document)
    {
        _sources = document.Sources.ToFrozenDictionary(source => source.Id);
        _skaters = document.Skaters.ToFrozenDictionary(skater => skater.Id);
        _skaterByChip = document.Skaters
            .SelectMany(skater => skater.Transponders, (skater, chip) => (chip, skater.Id))
            .ToFrozenDictionary(pair => pair.chip, pair => pair.Id);
        _events = document.Events.ToFrozenDictionary(plan => plan.Id);
        _skaterByBib = document.Events
            .SelectMany(plan => plan.Entries, (plan, entry) => (Key: (plan.Id, entry.Bib), Skater: _skaters[entry.Skater]))
            .ToFrozenDictionary(pair => pair.Key, pair => pair.Skater);
    }

    public SourceDocument? Source(string id) => _sources.GetValueOrDefault(id);

    public string? SkaterOfChip(string chip) => _skaterByChip.GetValueOrDefault(chip);

    public SkaterDocument? Skater(string @event, string bib) => _skaterByBib.GetValueOrDefault((@event, bib));

    public EventDocument? Event(string id) => _events.GetValueOrDefault(id);

    public RoundDocument? Round(string @event, string round) => Event(@event)?.Rounds.FirstOrDefault(r => r.Id == round);
}
