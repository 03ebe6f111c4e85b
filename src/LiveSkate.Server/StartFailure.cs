using System.Net.Sockets;
using LiveSkate.Server.Ingest;
using LiveSkate.Server.Journal;
using LiveSkate.Server.Ops;
using Microsoft.AspNetCore.Connections;

namespace LiveSkate.Server;

/// <summary>The one place where a start that cannot be ends in a sentence and not in a stack.</summary>
public static class StartFailure
{
    /// <summary>Runs the server to its end.</summary>
    /// <param name="urls">What <c>Urls</c> is, asked when Kestrel could not listen; may be null where it had not been read yet.</param>
    /// <returns>The exit code: 0, or 1 with one line on <paramref name="error"/>. Anything unforeseen is thrown: that is a bug and wants its stack.</returns>
    public static async Task<int> GuardAsync(Func<Task> run, Func<string?> urls, TextWriter error)
    {
        try
        {
            await run();
            return 0;
        }
        catch (Exception failed) when (Sentence(failed, urls) is not null)
        {
            await error.WriteLineAsync($"LiveSkate does not start. {Sentence(failed, urls)}");
            return 1;
        }
    }

    /// <returns>Null for what was not foreseen.</returns>
    internal static string? Sentence(Exception failed, Func<string?> urls) => failed switch
    {
        SettingsException or JournalException or BrokerStartException => failed.Message.ReplaceLineEndings(" "),
        // What was wrong may lie some way down: two addresses of localhost, a listener in a listener.
        _ when Causes(failed).Any(cause => cause is AddressInUseException or SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse }) =>
            Listen(urls, "another program listens there", "an address with a free port"),
        _ when Causes(failed).OfType<SocketException>().FirstOrDefault() is { } socket => Listen(urls, socket.SocketErrorCode switch
        {
            SocketError.AccessDenied => "this user may not listen there",
            SocketError.AddressNotAvailable => "this machine has no such address",
            _ => socket.Message.TrimEnd('.'),
        }, "localhost, * or an address of this machine, with a free port that this user may have"),
        InvalidOperationException { Source: "Microsoft.AspNetCore.Server.Kestrel.Core" } =>
            Listen(urls, failed.Message.Split('.')[0], "http addresses; https needs a certificate in Kestrel:Certificates:Default"),
        _ => null,
    };

    private static string Listen(Func<string?> urls, string wrong, string allowed) =>
        new SettingsException("Urls", urls() ?? "not set", wrong, allowed).Message;

    private static IEnumerable<Exception> Causes(Exception failed) => failed switch
    {
        AggregateException many => many.InnerExceptions.SelectMany(Causes).Prepend(failed),
        { InnerException: { } inner } => Causes(inner).Prepend(failed),
        _ => [failed],
    };
}
