using System.Collections.Immutable;
using LiveSkate.Core.Published;
using LiveSkate.Server.Tests.Live;

namespace LiveSkate.Server.Tests.Browser;

/// <summary>What is on, from the first call to the official result: eight skaters with the names that break screens.</summary>
internal sealed record Scene(HeatHeader Heat, ImmutableArray<HeatRow> Rows, RoundTable? Round, FinalTable? Final = null)
{
    private static readonly (string Given, string Family, string Nation)[] Skaters =
    [
        ("María Fernanda", "GUZMÁN ECHEVERRY", "COL"), ("Sabine", "MÜLLER-KÖNIG ÖÄŠŐ", "GER"), ("Nguyễn Thị", "ẤỄ ÅÑÇÝ", "VIE"),
        ("Gülşen", "ĞİŞÇİ", "TUR"), ("Алексей", "ЙЁЛКИН", "UKR"), ("怡君", "陳", "TPE"), ("Annelies", "VAN DER BERGHE-JANSSENS", "BEL"),
        ("Jo", "LI", "HKG"),
    ];

    public static readonly string[] States = ["scheduled", "open", "armed", "running", "finished", "provisional", "review", "official"];

    public static Scene Of(string state)
    {
        var hasStarted = state is not ("scheduled" or "open" or "armed");
        var hasFinished = hasStarted && state != "running";
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1000;
        var heat = Records.Header(state) with
        {
            Version = state is "provisional" or "review" ? 1 : state == "official" ? 2 : 0,
            Reason = state switch { "review" => "blocking in the last bend", "official" => "photo finish, 2nd and 3rd", _ => null },
            LapsToGo = hasFinished ? 0 : state == "running" ? 2 : null,
            OrderAt = hasFinished ? new OrderAt(5, null) : state == "running" ? new OrderAt(3, null) : null,
            Clock = hasStarted ? new RaceClock(now - 63_400_000, now, 1, !hasFinished, hasFinished ? 83_633 : null) : null,
            Rehearsal = true,
        };
        return new Scene(heat, [.. Skaters.Select((skater, order) => Row(skater, order, hasStarted, hasFinished, state == "official"))], Table(state));
    }

    private static HeatRow Row((string Given, string Family, string Nation) skater, int order, bool hasStarted, bool hasFinished, bool isOfficial)
    {
        var (elapsed, gap) = hasFinished ? (83_633 + (order * 389), order * 389) : (52_418 + (order * 401), order * 401);
        var hasTime = hasFinished && order < 7;
        return Records.Row(order, $"{skater.Given} {skater.Family}") with
        {
            Rank = hasStarted && (hasTime || !hasFinished) ? order + 1 : null,
            ShortName = skater.Family, Nation = skater.Nation,
            TimeMs = hasTime ? elapsed : null, Time = hasTime ? $"1:{elapsed / 1000 % 60:00}.{elapsed % 1000:000}" : null,
            Status = !hasFinished ? null : hasTime ? "OK" : "DSQ-TF",
            Mark = !isOfficial || !hasTime ? null : order == 0 ? "Q" : order < 4 ? "q" : null,
            Remarks = order == 2 && hasFinished ? ["PF"] : [], Unresolved = order == 1 && hasFinished,
            Lap = hasFinished ? 5 : hasStarted ? 3 : 0, ElapsedMs = hasStarted ? elapsed : null, GapMs = hasStarted ? gap : null,
            LapMs = hasStarted ? 17_001 + (order * 13) : null, Overdue = order == 7 && hasStarted,
            Certainty = order switch { 0 => "safe", < 3 => "in", 3 => "bubble", < 6 => "out", _ => "gone" },
            NeededMs = hasStarted && !hasFinished ? 86_905 : null, Words = hasStarted ? $"{order + 1}. in the heat; 2 heats left." : null,
        };
    }

    private static RoundTable Table(string state) => new(
        "worldgames-2022", "m1000", "Men's 1000 m sprint", "pre", "Preliminary round", state, "Heat winners and the 12 fastest of the others go through.",
        2, 86_905, "1:26.905", 16, [.. Enumerable.Range(0, 24).Select(Entrant)]);

    private static AdvancementRow Entrant(int place)
    {
        var (given, family, nation) = Skaters[place % Skaters.Length];
        var time = place < 20 ? 83_633 + (place * 218) : (long?)null;
        return new AdvancementRow(
            $"{11 + place}", place < 3 ? "Q" : null, place < 4 ? "place" : place < 16 ? "time" : null,
            place < 4 ? "safe" : place < 15 ? "in" : place == 15 ? "bubble" : "out", time is null ? null : (place % 6) + 1, time, $"{given} {family}", nation,
            $"m1000-pre-{(place % 4) + 1}", time is { } ms ? $"1:{ms / 1000 % 60:00}.{ms % 1000:000}" : null, place < 4 ? null : place - 3, null, "One sentence.");
    }
}
