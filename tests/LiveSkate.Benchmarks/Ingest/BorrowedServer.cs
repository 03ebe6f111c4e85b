using System.Diagnostics;
using LiveSkate.Core;
using LiveSkate.Server;
using LiveSkate.Server.Journal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace LiveSkate.Benchmarks.Ingest;

/// <summary>Where facts go.</summary>
public enum JournalKind
{
    /// <summary>The server's own, with all that waits in one commit.</summary>
    Own,

    /// <summary>Nowhere.</summary>
    None,

    /// <summary>The server's own, with a commit for each.</summary>
    Each,
}

/// <summary>
/// The whole server with another journal, as a process of its own: its own Program runs, and only the one registration is replaced
/// on the way, as test hosts do it. The product knows nothing of it.
/// </summary>
public static class BorrowedServer
{
    public const string ProcessName = "borrowed";

    /// <param name="args">The <see cref="JournalKind"/>, then the server's own arguments.</param>
    public static Task ServeAsync(string[] args)
    {
        var kind = Enum.Parse<JournalKind>(args[0]);
        using var listening = DiagnosticListener.AllListeners.Subscribe(new Observer<DiagnosticListener>(listener =>
        {
            if (listener.Name == "Microsoft.Extensions.Hosting")
                listener.Subscribe(new Observer<KeyValuePair<string, object?>>(said =>
                {
                    if (said is { Key: "HostBuilding", Value: IHostBuilder host })
                        host.ConfigureServices(services => Replace(services, kind));
                }));
        }));
        typeof(MeetLoop).Assembly.EntryPoint!.Invoke(null, [args[1..]]);
        return Task.CompletedTask;
    }

    private static void Replace(IServiceCollection services, JournalKind kind) => services.Replace(ServiceDescriptor.Singleton<IJournal>(
        all => kind == JournalKind.None ? new NoJournal() : new CommitForEach(all.GetRequiredService<SqliteJournal>())));

    private sealed class Observer<T>(Action<T> next) : IObserver<T>
    {
        public void OnNext(T value) => next(value);

        public void OnCompleted() { }

        public void OnError(Exception error) { }
    }
}

/// <summary>Writes nothing.</summary>
internal sealed class NoJournal : IJournal
{
    private long _lastAt;

    public long LastAt => Volatile.Read(ref _lastAt);

    public void Open(Action<ReplayedRow> replay) { }

    public IReadOnlyList<Recorded> Append(IReadOnlyList<JournalEntry> entries, DateTimeOffset now)
    {
        var rows = new Recorded[entries.Count];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = new Recorded(_lastAt + i + 1, now, entries[i].Meet, entries[i].Actor, entries[i].Fact);
        Volatile.Write(ref _lastAt, _lastAt + rows.Length);
        return rows;
    }

    public IEnumerable<StoredRow> Read(long from, long? upTo, string? meet) => [];

    public void Dispose() { }
}

/// <summary>The journal without its group commit.</summary>
internal sealed class CommitForEach(IJournal inner) : IJournal
{
    public long LastAt => inner.LastAt;

    public void Open(Action<ReplayedRow> replay) => inner.Open(replay);

    public IReadOnlyList<Recorded> Append(IReadOnlyList<JournalEntry> entries, DateTimeOffset now) =>
        [.. entries.SelectMany(entry => inner.Append([entry], now))];

    public IEnumerable<StoredRow> Read(long from, long? upTo, string? meet) => inner.Read(from, upTo, meet);

    public void Dispose() => inner.Dispose();
}
