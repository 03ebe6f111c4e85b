using System.Text;

namespace LiveSkate.Server.Tests.Golden;

/// <summary>One step of a trace: a title and lines, each a word and what follows it.</summary>
internal sealed class TraceStep(string title)
{
    private readonly List<(string Word, string Text)> _lines = [];

    public string Title => title;

    /// <summary>The first line with this word; null where there is none.</summary>
    public string? this[string word] => All(word).FirstOrDefault();

    public IEnumerable<string> All(string word) => _lines.Where(line => line.Word == word).Select(line => line.Text);

    public void Add(string word, string rest) => _lines.Add((word, rest));

    public static IReadOnlyList<TraceStep> Read(string text)
    {
        var steps = new List<TraceStep>();
        foreach (var line in text.Split('\n').Where(line => line.Length > 0))
        {
            var (word, rest) = line.Split(' ', 2) is [var first, var more] ? (first, more) : (line, "");
            if (word == "step")
                steps.Add(new TraceStep(rest));
            else
                steps[^1].Add(word, rest);
        }
        return steps;
    }

    public static string Write(IEnumerable<TraceStep> steps)
    {
        var text = new StringBuilder();
        foreach (var step in steps)
        {
            text.Append("step ").Append(step.Title).Append('\n');
            foreach (var (word, rest) in step._lines)
                text.Append(word).Append(rest.Length > 0 ? " " : "").Append(rest).Append('\n');
            text.Append('\n');
        }
        return text.ToString().TrimEnd('\n') + "\n";
    }
}
