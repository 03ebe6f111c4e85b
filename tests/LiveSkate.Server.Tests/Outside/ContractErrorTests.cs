using System.Text.Json.Nodes;
using Xunit;

namespace LiveSkate.Server.Tests.Outside;

/// <summary>Contract section 3, "Errors are RFC 9457 problem documents with a stable code".</summary>
[Collection("outside")]
public sealed class ContractErrorTests(SharedServer shared) : OutsideTests(shared), IClassFixture<SharedServer>
{
    public static TheoryData<string> Writing => ["PUT /api/meets/{meet}", "POST /api/meets/{meet}/commands"];

    [Theory]
    [MemberData(nameof(Writing))]
    public async Task What_is_not_JSON_is_400(string call)
    {
        var meet = await MeetAsync();
        foreach (var body in new[] { "", "{", "hello", "{\"type\":\"openHeat\"", "[1,]", "\u0000" })
            IsProblem(await CallAsync(call, meet, body), 400, "not-json");
    }

    [Theory]
    [MemberData(nameof(Writing))]
    public async Task Writing_without_the_key_or_with_a_wrong_one_is_401_and_changes_nothing(string call)
    {
        var meet = await MeetAsync();
        var before = await AtAsync();
        var (method, path) = Split(call, meet);
        foreach (var key in new[] { null, "Bearer wrong", "Bearer ", "Basic b2ZmaWNlOmtleQ==", ServerProcess.Key, $"Bearer {ServerProcess.Key}x" })
            IsProblem(await AskAsync(method, path, "{}", key is null ? [] : [("Authorization", key)]), 401, "no-key");
        Assert.Equal(before, await AtAsync());
    }

    [Theory]
    [InlineData("/api/journal")]
    [InlineData("/api/journal?from=1&meet=m")]
    [InlineData("/api/meets/{meet}/unused")]
    public async Task The_journal_and_what_was_not_used_are_401_without_the_key(string path)
    {
        var meet = await MeetAsync();
        path = path.Replace("{meet}", meet.Id, StringComparison.Ordinal);
        IsProblem(await AskAsync(HttpMethod.Get, path), 401, "no-key");
        IsProblem(await AskAsync(HttpMethod.Get, path, null, ("Authorization", "Bearer wrong")), 401, "no-key");
    }

    [Theory]
    [InlineData("GET /api/meets/nowhere", "unknown-meet")]
    [InlineData("GET /api/meets/nowhere/events/e/results", "unknown-meet")]
    [InlineData("GET /api/meets/nowhere/heats/e-pre-1", "unknown-meet")]
    [InlineData("GET /api/meets/nowhere/advancement/pre", "unknown-meet")]
    [InlineData("POST /api/meets/nowhere/commands", "unknown-meet")]
    [InlineData("GET /api/meets/{meet}/events/x/results", "unknown-event")]
    [InlineData("GET /api/meets/{meet}/heats/x", "unknown-heat")]
    [InlineData("GET /api/meets/{meet}/heats/e-final-1", "unknown-heat")]
    [InlineData("GET /api/meets/{meet}/advancement/x", "unknown-round")]
    [InlineData("GET /api/nothing", "unknown-address")]
    [InlineData("DELETE /api/meets/{meet}", "unknown-address")]
    public async Task What_is_not_there_is_404(string call, string code)
    {
        var meet = await MeetAsync();
        var body = call.StartsWith("POST", StringComparison.Ordinal) ? """{"type":"openHeat","heat":"e-pre-1"}""" : null;
        IsProblem(await CallAsync(call, meet, body), 404, code);
    }

    [Theory]
    [MemberData(nameof(Writing))]
    public async Task A_body_that_is_too_large_is_413(string call)
    {
        var meet = await MeetAsync();
        IsProblem(await CallAsync(call, meet, $"{{\"name\":\"{new string('x', 9 * 1024 * 1024)}\"}}"), 413, "too-large");
    }

    [Fact]
    public async Task A_document_with_faults_is_422_and_names_the_place_of_every_one_of_them()
    {
        var meet = new OutsideMeet(Server);
        var paper = meet.Document;
        paper.Remove("name");
        paper["venue"]!["lapM"] = "two hundred";
        paper["sources"]![0]!["role"] = "judge";
        paper["sources"]!.AsArray().Add(JsonNode.Parse("""{"id":"half","role":"split"}"""));
        paper["skaters"]![1]!["transponders"]![0] = paper["skaters"]![0]!["transponders"]![0]!.DeepClone();
        paper["events"]![0]!["format"] = "walking";
        paper["events"]![0]!["entries"]![1]!["bib"] = "1";
        paper["events"]![0]!["entries"]![2]!["skater"] = "nobody";
        paper["events"]![0]!["rounds"]![0]!["heats"]![1]!["id"] = "NOT AN ID";
        paper["events"]![0]!["rounds"]![0]!["heats"]![0]!["bibs"]![1] = "99";
        paper["events"]![0]!["rounds"]![1]!["draw"] = "lottery";
        paper["events"]![0]!["rounds"]![1]!["heats"] = 0;

        var said = await PutAsync(meet.Id, paper);

        string[] places =
        [
            "$.events[0].entries[1].bib", "$.events[0].entries[2].skater", "$.events[0].format", "$.events[0].rounds[0].heats[0].bibs[1]",
            "$.events[0].rounds[0].heats[1].id", "$.events[0].rounds[1].draw", "$.events[0].rounds[1].heats", "$.name",
            "$.skaters[1].transponders[0]", "$.sources[0].role", "$.sources[2].atM", "$.venue.lapM",
        ];
        Assert.Empty(places.Except(FaultPaths(said)));
        Assert.Equal(404, (await SendAsync(HttpMethod.Get, $"/api/meets/{meet.Id}")).Status);
    }

    /// <summary>What would quietly make another race, or name who is not to be named, is told; what nobody could mean is let be.</summary>
    [Fact]
    public async Task A_member_that_is_misspelt_is_422_where_it_would_be_missed()
    {
        var meet = new OutsideMeet(Server);
        var paper = meet.Document;
        paper["note"] = "as agreed with the delegate";
        paper["skaters"]![0]!["unamed"] = true;
        var plan = paper["events"]![0]!;
        plan["record"] = new JsonArray();
        plan["rules"] = JsonNode.Parse("""{"blokRank":"time"}""");
        plan["records"] = JsonNode.Parse("""[{"kind":"WR","timeMs":1,"nation":["ITA"]}]""");
        plan["rounds"]![0]!["advance"]!["scope"] = "third places";
        plan["rounds"]![1]!["Draw"] = "directThenTime";
        plan["rounds"]![1]!.AsObject().Remove("draw");
        Assert.Equal(
            [
                "$.events[0].records[0].nation", "$.events[0].rounds[0].advance.scope", "$.events[0].rounds[1].Draw", "$.events[0].rules.blokRank",
                "$.skaters[0].unamed",
            ],
            FaultPaths(await PutAsync(meet.Id, paper)).Order(StringComparer.Ordinal));
    }

    /// <summary>As the rule specification writes a round: everybody may go on by time, which is so anyway (QUA-2).</summary>
    [Fact]
    public async Task The_scope_of_all_is_taken_for_it_is_what_is_done()
    {
        var meet = new OutsideMeet(Server);
        var paper = meet.Document;
        paper["events"]![0]!["rounds"]![0]!["advance"]!["scope"] = "all";
        Assert.Equal(201, (await PutAsync(meet.Id, paper)).Status);
    }

    [Fact]
    public async Task A_meet_whose_id_is_none_is_422()
    {
        foreach (var id in new[] { "Meet", "a_b", new string('a', 33), "m%20x" })
            FaultPaths(await PutAsync(id, new OutsideMeet(Server).Document));
    }

    [Theory]
    [InlineData("""{}""", "$.type")]
    [InlineData("""[]""", "$.type")]
    [InlineData("""{"type":7}""", "$.type")]
    [InlineData("""{"type":"flyHeat","heat":"e-pre-1"}""", "$.type")]
    [InlineData("""{"type":"openHeat"}""", "$.heat")]
    [InlineData("""{"type":"openHeat","heat":null}""", "$.heat")]
    [InlineData("""{"type":"openHeat","heat":1}""", "$.heat")]
    [InlineData("""{"type":"openHeat","heat":"e-pre-1","ifAt":"now"}""", "$.ifAt")]
    [InlineData("""{"type":"startHeat","heat":"e-pre-1"}""", "$.timeUs")]
    [InlineData("""{"type":"startHeat","heat":"e-pre-1","timeUs":"noon"}""", "$.timeUs")]
    [InlineData("""{"type":"startHeat","heat":"e-pre-1","timeUs":-1}""", "$.timeUs")]
    [InlineData("""{"type":"review","heat":"e-pre-1"}""", "$.reason")]
    [InlineData("""{"type":"annulHeat","heat":"e-pre-1"}""", "$.reason")]
    [InlineData("""{"type":"addPassing"}""", "$.heat", "$.bib", "$.timeUs")]
    [InlineData("""{"type":"voidPassing","heat":"e-pre-1","passing":"first"}""", "$.passing")]
    [InlineData("""{"type":"setFinishOrder","heat":"e-pre-1","bibs":["1","2"]}""", "$.bibs[0]", "$.bibs[1]")]
    [InlineData("""{"type":"setFinishOrder","heat":"e-pre-1"}""", "$.bibs")]
    [InlineData("""{"type":"setTime","heat":"e-pre-1","timeMs":"1:23"}""", "$.bib", "$.timeMs", "$.reason")]
    [InlineData("""{"type":"sanction","heat":"e-pre-1","bib":1}""", "$.bib", "$.code", "$.reason")]
    [InlineData("""{"type":"liftSanction","heat":"e-pre-1"}""", "$.bib", "$.code", "$.reason")]
    [InlineData("""{"type":"drawRound"}""", "$.event", "$.round")]
    [InlineData("""{"type":"confirmDraw","event":"e","round":"final","heats":[[1]]}""", "$.heats[0][0]")]
    [InlineData("""{"type":"advance","event":"e"}""", "$.round", "$.bib", "$.reason")]
    [InlineData("""{"type":"withdraw","event":"e"}""", "$.round", "$.bib", "$.reason")]
    public async Task A_command_with_faults_is_422_with_the_path_of_each(string command, params string[] paths)
    {
        var meet = await MeetAsync();
        var before = await AtAsync();
        Assert.Equal(paths.Order(StringComparer.Ordinal), FaultPaths(await CallAsync("POST /api/meets/{meet}/commands", meet, command)));
        Assert.Equal(before, await AtAsync());
    }

    [Theory]
    [InlineData("openHeat", """{"heat":"e-pre-9"}""", "unknown-heat")]
    [InlineData("addPassing", """{"heat":"e-pre-1","bib":"9","timeUs":1657368700000000}""", "unknown-bib")]
    [InlineData("voidPassing", """{"heat":"e-pre-1","passing":1}""", "unknown-passing")]
    [InlineData("setFinishOrder", """{"heat":"e-pre-1","bibs":[["9"]]}""", "unknown-bib")]
    [InlineData("setFinishOrder", """{"heat":"e-pre-1","bibs":[["1"],["1"]]}""", "duplicate-bib")]
    [InlineData("setTime", """{"heat":"e-pre-1","bib":"1","timeMs":-1,"reason":"r"}""", "out-of-range")]
    [InlineData("sanction", """{"heat":"e-pre-1","bib":"1","code":"RED","reason":"r"}""", "unknown-code")]
    [InlineData("liftSanction", """{"heat":"e-pre-1","bib":"1","code":"DNF","reason":"r"}""", "not-sanctioned")]
    [InlineData("recallHeat", """{"heat":"e-pre-1","bib":"9"}""", "unknown-bib")]
    [InlineData("drawRound", """{"event":"e","round":"final"}""", "round-not-ready")]
    [InlineData("confirmDraw", """{"event":"e","round":"final"}""", "round-not-ready")]
    [InlineData("drawRound", """{"event":"e","round":"x"}""", "unknown-round")]
    [InlineData("drawRound", """{"event":"x","round":"final"}""", "unknown-event")]
    [InlineData("advance", """{"event":"e","round":"pre","bib":"9","reason":"r"}""", "unknown-bib")]
    [InlineData("advance", """{"event":"e","round":"final","bib":"1","reason":"r"}""", "last-round")]
    public async Task A_command_that_cannot_be_taken_in_a_running_heat_is_409_with_a_code(string type, string members, string code)
    {
        var meet = await MeetAsync();
        await meet.BringAsync(meet.Heat1, "running");
        var before = await AtAsync();
        IsProblem(await meet.TryAsync(type, JsonNode.Parse(members)), 409, code);
        Assert.Equal(before, await AtAsync());
    }

    private static IEnumerable<string> FaultPaths(Said said)
    {
        IsProblem(said, 422, "faults");
        var faults = said.Json!["faults"]!.AsArray();
        Assert.NotEmpty(faults);
        Assert.All(faults, fault =>
        {
            Assert.NotEmpty(fault!["code"]!.GetValue<string>());
            Assert.NotEmpty(fault["detail"]!.GetValue<string>());
        });
        return faults.Select(fault => fault!["path"]!.GetValue<string>()).Order(StringComparer.Ordinal).Distinct();
    }

    private static void IsProblem(Said said, int status, string code)
    {
        Assert.True(said.Status == status, $"{said.Status} {said.Body}");
        Assert.Equal("application/problem+json", said.ContentType);
        Assert.Equal(code, said.Code);
        Assert.Equal(status, said.Json!["status"]!.GetValue<int>());
        Assert.All(["type", "title", "detail"], name => Assert.NotEmpty(said.Json[name]!.GetValue<string>()));
    }

    private Task<Said> CallAsync(string call, OutsideMeet meet, string? body)
    {
        var (method, path) = Split(call, meet);
        return SendAsync(method, path, body);
    }

    private static (HttpMethod Method, string Path) Split(string call, OutsideMeet meet)
    {
        var words = call.Replace("{meet}", meet.Id, StringComparison.Ordinal).Split(' ');
        return (HttpMethod.Parse(words[0]), words[1]);
    }
}
