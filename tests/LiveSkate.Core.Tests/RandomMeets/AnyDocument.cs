using System.Collections.Immutable;
using LiveSkate.Core.Meets;
using LiveSkate.Core.Rules;

namespace LiveSkate.Core.Tests.RandomMeets;

/// <summary>Meet documents of every kind that the office may put: any format, advancement, draw and setting, and those at the limits.</summary>
internal static class AnyDocument
{
    private static readonly string[] Nations = ["COL", "ITA", "FRA", "TPE", "CZE", ""];
    private static readonly decimal[] LapLengths = [200, 200, 200, 175, 400, 111.12m, 333.333m, 20];

    /// <summary>Only documents that are taken; what is refused on the way has gone through the check all the same.</summary>
    public static MeetDocument Of(Dice dice)
    {
        while (true)
            if (Draft(dice) is var draft && MeetCheck.Faults(draft).Count == 0)
                return draft;
    }

    private static MeetDocument Draft(Dice dice)
    {
        var lapM = dice.Pick(LapLengths);
        var venue = new VenueDocument("Hall", "UTC", lapM, dice.OneIn(3) ? Math.Round(lapM * dice.OneOf<decimal>(0, 0.1m, 1), 2) : null);
        var skaters = Skaters(dice);
        var count = dice.OneOf(1, 1, 1, 2, 2, 3);
        var events = Enumerable.Range(1, count).Select(i => AnyEvent.Of(dice, $"e{i}", skaters, lapM)).ToList();
        if (dice.OneIn(5))
            events.Insert(dice.Upto(2), AnyEvent.Combined(dice, [.. events], skaters));
        return new MeetDocument(
            "Any meet", venue, dice.OneIn(4), Sources(dice, lapM), skaters, [.. events], dice.OneOf<decimal>(1, 1, 1, 20, 0.01m, 1000));
    }

    private static ImmutableArray<SkaterDocument> Skaters(Dice dice) =>
    [
        .. Enumerable.Range(1, dice.OneOf(2, 4, 7, 7, 12, 12, 20)).Select(i => new SkaterDocument(
            $"s{i}", dice.OneOf("Swings", "Ö'Brien-Ångström", "陳", "de la \"Cruz\""), dice.OneOf("Bart", "", "Ĳsbrand"), dice.Pick(Nations),
            [.. Enumerable.Range(0, dice.OneOf(0, 1, 2, 2, 2, 2, 2, 3)).Select(ankle => $"{i}{(char)('a' + ankle)}")], dice.OneIn(10))),
    ];

    private static ImmutableArray<SourceDocument> Sources(Dice dice, decimal lapM)
    {
        var sources = new List<SourceDocument>();
        if (dice.OneIn(3))
            sources.AddRange([new("line-1", SourceRole.Finish, null, 1), new("line-2", SourceRole.Finish, null, 2)]);
        if (sources.Count == 0 || dice.OneIn(4))
            sources.Add(new("finish", SourceRole.Finish, null));
        if (!dice.OneIn(8))
            sources.Add(new("start", SourceRole.Start, null));
        if (dice.OneIn(3))
            sources.AddRange([new("gate-1", SourceRole.Start, null, 1), new("gate-2", SourceRole.Start, null, 2)]);
        if (dice.OneIn(3))
            sources.Add(new("split", SourceRole.Split, dice.OneOf(lapM / 2, 0.01m, lapM - 0.01m), dice.OneOf<int?>(null, null, 1, 2)));
        if (dice.OneIn(3))
            sources.Add(new("beam", SourceRole.Finish, null));
        sources.Add(new("camera", SourceRole.Finish, null));
        return [.. sources];
    }
}
