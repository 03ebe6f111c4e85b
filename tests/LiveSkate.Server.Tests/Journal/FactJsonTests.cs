using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using LiveSkate.Core;
using LiveSkate.Server.Journal;
using Xunit;

namespace LiveSkate.Server.Tests.Journal;

public sealed class FactJsonTests
{
    [Fact]
    public void Every_case_of_fact_has_a_kind_and_a_sample()
    {
        var cases = typeof(Fact).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Fact)) && !type.IsAbstract).Select(type => type.Name).Order().ToList();

        Assert.NotEmpty(cases);
        Assert.Equal(cases, FactJson.Kinds.Select(kind => kind.Json.Type.Name).Order());
        Assert.Equal(cases, FactSamples.Full.Select(fact => fact.GetType().Name).Order());
    }

    [Fact]
    public void A_kind_is_the_kebab_case_name_of_its_record() =>
        Assert.All(FactJson.Kinds, kind => Assert.Equal(JsonNamingPolicy.KebabCaseLower.ConvertName(kind.Json.Type.Name), kind.Name));

    /// <summary>What the office said is stored inside an undo too, where it took the place of something else.</summary>
    [Fact]
    public void A_fact_inside_another_has_the_name_of_its_kind()
    {
        var inside = typeof(OfficeFact).GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false)
            .ToDictionary(derived => derived.DerivedType, derived => (string)derived.TypeDiscriminator!);
        var said = FactJson.Kinds.Where(kind => kind.Json.Type.IsAssignableTo(typeof(OfficeFact)) && kind.Json.Type != typeof(MeetPut) && kind.Json.Type != typeof(NextRoundSettled))
            .ToDictionary(kind => kind.Json.Type, kind => kind.Name);
        Assert.Equal(said.OrderBy(kind => kind.Value), inside.OrderBy(kind => kind.Value));
    }

    [Fact]
    public void Every_fact_comes_back_as_it_was_written()
    {
        foreach (var fact in FactSamples.Full.Concat(FactSamples.Sparse))
        {
            var kind = FactJson.KindOf(fact);
            var written = kind.Write(fact);
            var read = FactJson.Read(kind.Name, kind.Version, written);

            Assert.Equal(fact.GetType(), read.GetType());
            Assert.Equal(Encoding.UTF8.GetString(written), Encoding.UTF8.GetString(kind.Write(read)));
            if (fact is TrackFact track)
                Assert.Equal((track.Key, track.Content), (((TrackFact)read).Key, ((TrackFact)read).Content));
            Assert.Equal(Flat(fact), Flat(read));
        }
    }

    [Fact]
    public void A_sample_sets_every_member_so_the_golden_file_names_them_all()
    {
        foreach (var fact in FactSamples.Full)
        {
            foreach (var property in fact.GetType().GetProperties().Where(property => property.CanWrite))
                Assert.False(property.GetValue(fact) is null or false, $"{fact.GetType().Name}.{property.Name} is not set");
        }
    }

    /// <summary>The stored contract. A line may be added; a changed line means that old journals can no longer be read: write an upcast.</summary>
    [Fact]
    public void Stored_json_is_what_it_has_always_been()
    {
        var lines = FactSamples.Full.Concat(FactSamples.Sparse).Select(fact =>
        {
            var kind = FactJson.KindOf(fact);
            return $"{kind.Name} {kind.Version} {Encoding.UTF8.GetString(kind.Write(fact))}";
        }).ToList();
        var golden = Path.Combine(Folder(), "facts.golden");
        if (Environment.GetEnvironmentVariable("LIVESKATE_WRITE_GOLDEN") == "1")
            File.WriteAllLines(golden, lines);

        Assert.Equal(File.ReadAllLines(golden), lines);
    }

    [Theory]
    [InlineData("heat-teleported", 1, "{}", "newer LiveSkate")]
    [InlineData("heat-armed", 2, "{\"heat\":\"h\"}", "newer LiveSkate")]
    [InlineData("heat-armed", 0, "{\"heat\":\"h\"}", "not known")]
    [InlineData("heat-armed", 1, "null", "null")]
    [InlineData("heat-armed", 1, "{\"heat\":7}", "heat")]
    [InlineData("heat-armed", 1, "{\"heat\":", "")]
    public void What_cannot_be_read_is_a_json_exception(string kind, int version, string data, string says)
    {
        var error = Assert.ThrowsAny<JsonException>(() => FactJson.Read(kind, version, Encoding.UTF8.GetBytes(data)));
        Assert.Contains(says, error.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void An_old_version_is_lifted_step_by_step_to_the_present_one()
    {
        var now = FactJson.Kinds.Single(kind => kind.Name == "heat-reviewed");
        var third = now with
        {
            Upcasts =
            [
                json => { json["heat"] = json["race"]!.DeepClone(); json.Remove("race"); return json; },
                json => { json["reason"] ??= "none given"; return json; },
            ],
        };

        Assert.Equal(3, third.Version);
        Assert.Equal(new HeatReviewed("h", "none given"), third.Read(1, """{"race":"h"}"""u8));
        Assert.Equal(new HeatReviewed("h", "none given"), third.Read(2, """{"heat":"h"}"""u8));
        Assert.Equal(new HeatReviewed("h", "why"), third.Read(3, """{"heat":"h","reason":"why"}"""u8));
        Assert.Throws<JsonException>(() => third.Read(4, "{}"u8));
    }

    /// <summary>Equality that looks into arrays, by way of reflection and not of the serializer under test.</summary>
    private static string Flat(object? value) => value switch
    {
        null => "null",
        string text => $"'{text}'",
        System.Collections.IEnumerable list => $"[{string.Join(',', list.Cast<object?>().Select(Flat))}]",
        _ when value.GetType().Namespace!.StartsWith("LiveSkate", StringComparison.Ordinal) && !value.GetType().IsEnum =>
            value.GetType().Name + "{" + string.Join(',', value.GetType().GetProperties()
                .Where(property => property.CanWrite).Select(property => $"{property.Name}={Flat(property.GetValue(value))}")) + "}",
        IFormattable number => number.ToString(null, null),
        _ => value.ToString()!,
    };

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
