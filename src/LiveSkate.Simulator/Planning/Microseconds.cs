using System.Collections.Immutable;
using System.Globalization;
using LiveSkate.Simulator.Results;

namespace LiveSkate.Simulator.Planning;

/// <summary>
/// What stands behind the last printed digit. Equal times with different ranks were told apart by the camera (TIM-10); a shared rank was not.
/// </summary>
internal static class Microseconds
{
    /// <param name="unitUs">The last printed digit: a thousandth, or a whole second.</param>
    public static Dictionary<PrintedRow, long> Of(ImmutableArray<PrintedRow> rows, string seed, string heat, long unitUs = 1_000)
    {
        var official = new Dictionary<PrintedRow, long>();
        foreach (var equal in rows.Where(row => row.Outcome == "OK" && row.TimeMs is not null).GroupBy(row => row.TimeMs!.Value))
        {
            var places = equal.GroupBy(row => row.Rank).OrderBy(place => place.Key).ToArray();
            var room = unitUs / places.Length;
            for (var place = 0; place < places.Length; place++)
            {
                var us = place * room + Dice.For(seed, heat, string.Create(CultureInfo.InvariantCulture, $"{equal.Key}|{place}")).Between(0, room - 1);
                foreach (var row in places[place])
                    official[row] = equal.Key * 1_000 + us;
            }
        }

        return official;
    }
}
