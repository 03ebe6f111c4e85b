using System.Collections.Immutable;
using System.Globalization;
using LiveSkate.Core.Meets;

namespace LiveSkate.Server.Ops;

/// <summary>Reads one group of settings. A key that is not known is refused: a misspelt setting must not be passed over in silence.</summary>
internal sealed class SettingsReader
{
    private readonly IConfiguration _group;
    private readonly string _name;

    /// <param name="name">"" for the root, where keys of other programs may be.</param>
    /// <exception cref="SettingsException">There is a key that is not <paramref name="known"/>.</exception>
    public SettingsReader(IConfiguration configuration, string name, params string[] known)
        : this(name.Length == 0 ? configuration : configuration.GetSection(name), name, (IReadOnlyCollection<string>)known) { }

    private SettingsReader(IConfiguration group, string name, IReadOnlyCollection<string> known)
    {
        (_group, _name) = (group, name);
        if (name.Length == 0)
            return;
        var allowed = string.Join(", ", known.Select(Path));
        if (group is IConfigurationSection { Value.Length: > 0 } single)
            throw new SettingsException(name, single.Value, "it is a group of settings", allowed);
        var unknown = group.GetChildren().FirstOrDefault(child => !known.Contains(child.Key, StringComparer.OrdinalIgnoreCase));
        if (unknown is not null)
            throw new SettingsException(Path(unknown.Key), unknown.Value ?? "a group", "there is no such setting", allowed);
        foreach (var child in group.GetChildren().Where(child => child.Value is null && child.Key is not ("Gateways" or "Sources") && child.GetChildren().Any()))
            throw new SettingsException(Path(child.Key), "a group", "it is one value", $"{Path(child.Key)} itself");
    }

    public string Path(string key) => _name.Length == 0 ? key : $"{_name}:{key}";

    /// <returns>Null where it is missing or empty.</returns>
    public string? Text(string key) => _group[key] is { Length: > 0 } text ? text : null;

    public long Whole(string key, long least, long most, long otherwise)
    {
        var text = _group[key];
        if (text is null)
            return otherwise;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Wrong(key, "it is no such number", most == long.MaxValue ? $"a whole number from {least}" : $"a whole number from {least} to {most}");
    }

    /// <param name="orElse">What is allowed beside a number, for the message.</param>
    public decimal Factor(string key, int most, string orElse, decimal otherwise)
    {
        var text = _group[key];
        if (text is null)
            return otherwise;
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= most
            ? number
            : throw Wrong(key, "it is no such factor", $"a factor above 0 and up to {most}, with a decimal point where it is broken, {orElse}");
    }

    public bool YesOrNo(string key) => _group[key] switch
    {
        null => false,
        var text when bool.TryParse(text, out var value) => value,
        _ => throw Wrong(key, "it is neither", "true or false"),
    };

    public T OneOf<T>(string key, T otherwise) where T : struct, Enum
    {
        var text = _group[key];
        if (text is null)
            return otherwise;
        var name = Enum.GetNames<T>().FirstOrDefault(name => string.Equals(name, text, StringComparison.OrdinalIgnoreCase));
        return name is not null ? Enum.Parse<T>(name) : throw Wrong(key, "it is none of these", string.Join(" or ", Enum.GetNames<T>()));
    }

    public string Id(string key, string otherwise) =>
        _group[key] is not { } text ? otherwise : MeetCheck.IsId(text) ? text : throw Wrong(key, "it is no id", "1 to 32 of a-z, 0-9 and -");

    /// <summary>A list with at least one id in it.</summary>
    /// <param name="all">A word that is allowed too.</param>
    public ImmutableArray<string> Ids(string key, string all)
    {
        var list = _group.GetSection(key).GetChildren().ToList();
        if (list.Count == 0)
            throw Wrong(key, "at least one is needed", $"{Path(key)}:0, {Path(key)}:1 …, each an id (1 to 32 of a-z, 0-9 and -), or {all} for all");
        foreach (var item in list)
        {
            if (item.Value is not { } id || (id != all && !MeetCheck.IsId(id)))
                throw new SettingsException(Path($"{key}:{item.Key}"), item.Value ?? "a group", "it is no id", $"1 to 32 of a-z, 0-9 and -; or {all} for all");
        }
        return [.. list.Select(item => item.Value!)];
    }

    public IEnumerable<SettingsReader> Groups(string key, params string[] known)
    {
        var list = _group.GetSection(key);
        if (list.Value is { Length: > 0 } single)
            throw new SettingsException(Path(key), single, "it is a list", string.Join(", ", known.Select(name => $"{Path(key)}:0:{name}")));
        return list.GetChildren().Select(item => new SettingsReader(item, Path($"{key}:{item.Key}"), (IReadOnlyCollection<string>)known));
    }

    public SettingsException Wrong(string key, string wrong, string allowed) =>
        new(Path(key), _group[key] is { Length: > 0 } text ? text : "empty", wrong, allowed);
}
