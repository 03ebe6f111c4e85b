using System.Collections.Immutable;
using LiveSkate.Core.Published;

namespace LiveSkate.Server.Live;

/// <summary>The newest complete state of a scope: all that fan-out ever asks for.</summary>
/// <param name="Puts">
/// Record id to the finished record: one line of UTF-8 JSON, serialized once. The bytes are kept and shared; they may not be changed
/// afterwards. Two states are told apart by these bytes alone, so a record must not hold the time at which it was written.
/// </param>
public sealed record ScopeState(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Puts);

/// <summary>A highlight and the scopes in which it is worth saying.</summary>
public sealed record Highlighted(HighlightLine Line, ImmutableArray<string> Scopes);

/// <summary>Where fan-out gets what it sends. All are called from fan-out's own threads, at any time; neither may call fan-out.</summary>
/// <param name="Project">The newest state of a scope; null where there is no such scope.</param>
/// <param name="Beat">What goes to every connection every second.</param>
/// <param name="Said">What was worth saying in a scope of late, oldest first, for who comes now.</param>
public sealed record LiveSource(Func<string, ScopeState?> Project, Func<Beat> Beat, Func<string, ImmutableArray<HighlightLine>> Said);

/// <param name="Pace">
/// The least time, on average, between two looks at what has changed, and so between two frames of a scope: in n paces there are at most n,
/// and those saved up.
/// </param>
public sealed record LiveOptions(TimeSpan Pace)
{
    public static readonly TimeSpan LeastPace = TimeSpan.FromMilliseconds(50), MostPace = TimeSpan.FromSeconds(5);

    /// <summary>Looks that may be saved up: after 200 ms in which the server was held up, say by the disk, all goes on as if nothing had been.</summary>
    public const int Saved = 4;

    /// <summary>50 ms.</summary>
    public LiveOptions() : this(LeastPace) { }

    public TimeSpan MostSaved => Pace * Saved;

    /// <summary><c>?pace=250</c> in milliseconds; what lies outside 50 to 5000 is moved to the nearer end, what is no number is not asked for.</summary>
    public TimeSpan PaceOf(string? asked) =>
        int.TryParse(asked, out var ms)
            ? TimeSpan.FromMilliseconds(Math.Clamp(ms, (int)LeastPace.TotalMilliseconds, (int)MostPace.TotalMilliseconds))
            : Pace;
}
