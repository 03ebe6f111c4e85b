using System.Text.Json.Nodes;
using Xunit;

namespace LiveSkate.Server.Tests.Outside;

/// <summary>A made-up meet with one heat that has laps for as long as a test needs: passing n is of lap n / skaters.</summary>
internal sealed class LongHeat(string meet = "long", int skaters = 8, int laps = 1000)
{
    public const string Event = "e1", Heat = "e1-final-1", Venue = "track";

    public const long GunUs = 1_700_000_000_000_000;

    public string Meet => meet;

    public string Path => $"/api/meets/{meet}/heats/{Heat}";

    /// <summary>Readings until everybody has finished.</summary>
    public int Passings => skaters * laps;

    public static string Gun => $$"""{"kind":"gun","timeUs":{{GunUs}},"epoch":"gun","seq":1}""";

    /// <param name="n">1, 2, 3 …: also the sender's number.</param>
    public string Passing(int n) => $$"""{"chip":"{{Chip((n - 1) % skaters)}}","timeUs":{{TimeUs(n)}},"epoch":"run","seq":{{n}}}""";

    public long TimeUs(int n) => GunUs + (((n - 1) / skaters) + 1) * 15_000_000L + (n - 1) % skaters * 200_000L;

    /// <summary>Puts the meet, arms its heat; the gun is the track's to give.</summary>
    public async Task ArmAsync(ServerProcess server)
    {
        using var put = await server.Http.PutAsync(
            $"/api/meets/{meet}", new StringContent(Document().ToJsonString()), TestContext.Current.CancellationToken);
        Assert.True(put.IsSuccessStatusCode, await put.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        foreach (var type in new[] { "openHeat", "armHeat" })
            await server.DoAsync(meet, new { type, heat = Heat });
    }

    private static string Chip(int skater) => $"{7001 + skater}";

    private JsonObject Document()
    {
        var numbers = Enumerable.Range(0, skaters).ToArray();
        return new JsonObject
        {
            ["name"] = "A long one",
            ["venue"] = new JsonObject { ["name"] = "Hall", ["timeZone"] = "Etc/UTC", ["lapM"] = 200 },
            ["sources"] = new JsonArray(Source("finish-1", "finish"), Source("start-1", "start")),
            ["skaters"] = List(numbers.Select(n => new JsonObject
            {
                ["id"] = $"s{n}", ["familyName"] = $"Family {n}", ["givenName"] = "Given", ["nation"] = "SUI", ["transponders"] = new JsonArray(Chip(n)),
            })),
            ["events"] = new JsonArray(new JsonObject
            {
                ["id"] = Event, ["name"] = "Long", ["format"] = "sprint", ["distanceM"] = 200 * laps,
                ["entries"] = List(numbers.Select(n => new JsonObject { ["bib"] = $"{n + 1}", ["skater"] = $"s{n}" })),
                ["rounds"] = new JsonArray(new JsonObject
                {
                    ["id"] = "final", ["name"] = "Final",
                    ["heats"] = new JsonArray(new JsonObject { ["id"] = Heat, ["number"] = 1, ["bibs"] = List(numbers.Select(n => JsonValue.Create($"{n + 1}"))) }),
                }),
            }),
        };
    }

    private static JsonObject Source(string id, string role) => new() { ["id"] = id, ["role"] = role };

    private static JsonArray List(IEnumerable<JsonNode> items) => new([.. items]);
}
