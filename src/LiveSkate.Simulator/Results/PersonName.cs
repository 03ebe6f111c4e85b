namespace LiveSkate.Simulator.Results;

/// <summary>Splits a printed name. Lists do not say which part is which (STL-1), so this is a guess for display; nobody is found by it.</summary>
public sealed record PersonName(string Family, string Given)
{
    /// <param name="nation">Decides the order where capitals do not: in TPE the family name comes first.</param>
    public static PersonName Split(string printed, string? nation)
    {
        var words = printed.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 1)
            return new(words[0], "");
        var capitals = Array.FindIndex(words, IsCapitals);
        if (capitals < 0)
            return nation == "TPE"
                ? new(words[0], string.Join(' ', words[1..]))
                : new(words[^1], string.Join(' ', words[..^1]));
        var end = capitals;
        while (end + 1 < words.Length && IsCapitals(words[end + 1]))
            end++;
        // "van KERKHOF Yara": the small words before the capitals belong to them.
        while (capitals > 0 && char.IsLower(words[capitals - 1][0]))
            capitals--;
        return new(
            string.Join(' ', words[capitals..(end + 1)]),
            string.Join(' ', words[..capitals].Concat(words[(end + 1)..])));
    }

    /// <summary>"ST-GELAIS" is; "J.R." is an initial, "Yi" is not.</summary>
    private static bool IsCapitals(string word) =>
        word.Length > 1 && !word.Contains('.') && word.All(letter => !char.IsLower(letter));
}
