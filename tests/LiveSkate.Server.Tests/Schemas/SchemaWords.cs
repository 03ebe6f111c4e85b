using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace LiveSkate.Server.Tests.Schemas;

/// <summary>What records and their members mean, as their comments say it; the compiler puts those beside the assembly.</summary>
internal static partial class SchemaWords
{
    private static readonly ConcurrentDictionary<Assembly, Dictionary<string, XElement>> Files = new();

    /// <returns>Null where nothing is said.</returns>
    public static string? Of(Type type) => Text(Find(type, $"T:{type.FullName}")?.Element("summary"));

    /// <summary>A parameter of a record says it in the record's own comment, any other member in the member's.</summary>
    public static string? Of(JsonPropertyInfo property)
    {
        if (property.AttributeProvider is not MemberInfo { DeclaringType: { } owner, Name: var name })
            return null;
        var parameter = Find(owner, $"T:{owner.FullName}")?.Elements("param").FirstOrDefault(param => param.Attribute("name")?.Value == name);
        return Text(parameter ?? Find(owner, $"P:{owner.FullName}.{name}")?.Element("summary"));
    }

    /// <summary>First in the schema, so that it is read first.</summary>
    public static void Describe(JsonObject schema, string? words)
    {
        if (words is not null && !schema.ContainsKey("description"))
            schema.Insert(0, "description", words);
    }

    private static XElement? Find(Type type, string name) => Files.GetOrAdd(type.Assembly, Read).GetValueOrDefault(name.Replace('+', '.'));

    private static Dictionary<string, XElement> Read(Assembly assembly)
    {
        var path = Path.ChangeExtension(assembly.Location, ".xml");
        return File.Exists(path)
            ? XDocument.Load(path).Descendants("member").ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal)
            : [];
    }

    private static string? Text(XElement? said)
    {
        if (said is null)
            return null;
        var words = string.Concat(said.Nodes().Select(node => node switch
        {
            XText text => text.Value,
            XElement { Name.LocalName: "see" } see => Camel((see.Attribute("cref") ?? see.Attribute("langword"))!.Value.Split('.', ':')[^1]),
            XElement { Name.LocalName: "paramref" } name => Camel(name.Attribute("name")!.Value),
            XElement other => other.Value,
            _ => "",
        }));
        return Blanks().Replace(words, " ").Trim();
    }

    private static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
