using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Xunit;

namespace LiveSkate.Server.Tests.Outside;

/// <summary>One line of GET /api/journal.</summary>
internal sealed record JournalLine(long At, string? Meet, string Kind, string Actor, JsonElement Data, string Hash)
{
    public string? Text(string member) => Data.TryGetProperty(member, out var value) ? value.GetString() : null;

    public long? Number(string member) => Data.TryGetProperty(member, out var value) ? value.GetInt64() : null;
}

/// <summary>What the journal says to who reads it from outside: over HTTP, or from its file by the words of its README.</summary>
internal static class JournalLines
{
    public static async Task<IReadOnlyList<JournalLine>> JournalAsync(this ServerProcess server)
    {
        var text = await server.Http.GetStringAsync("/api/journal", TestContext.Current.CancellationToken);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Line)];
    }

    /// <summary>How far it is, without asking the server: it may be starting, or dead.</summary>
    public static long Position(this ServerProcess server)
    {
        try
        {
            return long.Parse(File.ReadAllText(server.JournalPath + "-head").Trim(), CultureInfo.InvariantCulture);
        }
        catch (Exception none) when (none is FileNotFoundException or FormatException)
        {
            return 0;
        }
    }

    public static async Task UntilPositionAsync(this ServerProcess server, long at)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(90));
        while (server.Position() < at)
        {
            Assert.False(deadline.IsCancellationRequested || server.HasExited, $"The journal stands at {server.Position()} and does not come to {at}.\n{server.Output}");
            await Task.Delay(2, CancellationToken.None);
        }
    }

    /// <summary>Reads the file by itself and computes every hash as the journal's README says; then both must say the same.</summary>
    public static void AssertSound(string path, IReadOnlyList<JournalLine> lines)
    {
        Assert.Equal(Enumerable.Range(1, lines.Count).Select(at => (long)at), lines.Select(line => line.At));
        var rows = Hashes(path).ToArray();
        Assert.All(rows, row => Assert.Equal(row.Computed, row.Stored));
        // A word on somebody's health may have come in between.
        Assert.Equal(rows.Take(lines.Count).Select(row => row.Stored), lines.Select(line => line.Hash));
    }

    private static JournalLine Line(string text)
    {
        var json = JsonDocument.Parse(text).RootElement;
        return new JournalLine(
            json.GetProperty("at").GetInt64(), json.GetProperty("meet").GetString(), json.GetProperty("kind").GetString()!,
            json.GetProperty("actor").GetString()!, json.GetProperty("data"), json.GetProperty("hash").GetString()!);
    }

    private static IEnumerable<(string Computed, string Stored)> Hashes(string path)
    {
        using var file = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        file.Open();
        using var command = file.CreateCommand();
        command.CommandText = "SELECT at, recorded_us, version, meet, kind, actor, data, key, content, hash FROM journal ORDER BY at";
        using var row = command.ExecuteReader();
        var hash = JournalChain.Genesis;
        while (row.Read())
        {
            hash = JournalChain.Next(
                hash, row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), Text(3), row.GetString(4), row.GetString(5), row.GetString(6), Text(7), Text(8));
            yield return (Convert.ToHexStringLower(hash), Convert.ToHexStringLower((byte[])row[9]));
        }

        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
    }
}
