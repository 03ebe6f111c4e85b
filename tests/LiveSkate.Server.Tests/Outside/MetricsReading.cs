using System.Globalization;
using Xunit;

namespace LiveSkate.Server.Tests.Outside;

/// <summary>What /metrics says.</summary>
internal static class MetricsReading
{
    /// <summary>Name, with its labels, to value.</summary>
    public static async Task<IReadOnlyDictionary<string, double>> MetricsAsync(this ServerProcess server)
    {
        var text = await server.Http.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        return text.Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(' '))
            .ToDictionary(words => words[0], words => double.Parse(words[1], CultureInfo.InvariantCulture));
    }
}
