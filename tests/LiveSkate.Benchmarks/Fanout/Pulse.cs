using System.Globalization;
using System.Text;
using LiveSkate.Server.Live;

namespace LiveSkate.Benchmarks.Fanout;

/// <summary>
/// A server's side of a measurement: makes changes at the rate that it is told on standard input, and answers what it is asked. The same in
/// every server, so that none is helped by its driver.
/// </summary>
internal sealed class Pulse(Action change)
{
    private double _rate;
    private volatile bool _ended;

    /// <summary>What a viewer who is one behind is sent, made by the very code that makes it in LiveSkate.</summary>
    public static IEnumerable<(byte[] Complete, byte[] Delta)> Frames(Shown shown)
    {
        var onAir = new OnAir(shown);
        var scope = new Scope(onAir.Scope, Guid.NewGuid().ToString("N"));
        while (true)
        {
            var post = scope.Change(onAir.Next(), [], DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1000, 0)!;
            yield return (post.Complete.Json.ToArray(), (post.Delta ?? post.Complete).Json.ToArray());
        }
    }

    /// <summary>Ends with the input. Says first where the server listens.</summary>
    public async Task RunAsync(int port)
    {
        var beating = new Thread(Beat);
        beating.Start();
        Console.WriteLine(port);
        while (await Console.In.ReadLineAsync() is { } line)
            Console.WriteLine(line.Split(' ') switch
            {
                ["rate", var rate] => $"{Interlocked.Exchange(ref _rate, double.Parse(rate, CultureInfo.InvariantCulture))}",
                ["heap"] => $"{GC.GetTotalMemory(forceFullCollection: true)}",
                _ => $"? {line}",
            });
        _ended = true;
        beating.Join();
    }

    /// <summary>By the clock, not by the last change: what is late is caught up with.</summary>
    private void Beat()
    {
        var due = TimeSpan.Zero;
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (!_ended)
        {
            var rate = Volatile.Read(ref _rate);
            if (rate == 0)
            {
                Thread.Sleep(5);
                due = clock.Elapsed;
                continue;
            }

            due += TimeSpan.FromSeconds(1 / rate);
            if (due - clock.Elapsed is var wait && wait > TimeSpan.Zero)
                Thread.Sleep(wait);
            change();
        }
    }
}

/// <summary>A server's frame of RFC 6455: not masked.</summary>
internal static class WebSocketFrame
{
    public static byte[] Text(ReadOnlySpan<byte> payload) => payload.Length < 126
        ? [0x81, (byte)payload.Length, .. payload]
        : [0x81, 126, (byte)(payload.Length >> 8), (byte)payload.Length, .. payload];

    public static string Accept(string key)
    {
#pragma warning disable CA5350 // RFC 6455 asks for SHA-1; nothing is kept secret by it.
        return Convert.ToBase64String(System.Security.Cryptography.SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
    }
}
