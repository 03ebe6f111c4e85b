namespace LiveSkate.Server.Ingest;

/// <summary>Who may read what: the hub's own words and the sources' health, which is all that the embedded broker ever hands on.</summary>
internal sealed class TopicFilters(Topics topics)
{
    private readonly string[][] _readable =
        [.. new[] { "live/#", "hub/#", "src/+/ack", "src/+/resend", "src/+/status" }.Select(filter => (topics.Root + filter).Split('/'))];

    /// <summary>Something that may be read matches. A wider filter ("#") is granted too: nothing else is ever sent.</summary>
    public bool MayRead(string filter) => _readable.Any(allowed => Meet(allowed, filter.Split('/')));

    private static bool Meet(string[] one, string[] other)
    {
        for (var level = 0; ; level++)
        {
            var (end, otherEnd) = (level == one.Length, level == other.Length);
            if ((!end && one[level] == "#") || (!otherEnd && other[level] == "#") || (end && otherEnd))
                return true;
            if (end || otherEnd || (one[level] != other[level] && one[level] != "+" && other[level] != "+"))
                return false;
        }
    }
}
