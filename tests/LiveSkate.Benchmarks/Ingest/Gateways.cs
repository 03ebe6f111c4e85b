using System.Diagnostics;
using System.Text;
using System.Text.Json;
using LiveSkate.Benchmarks.Load;

namespace LiveSkate.Benchmarks.Ingest;

/// <summary>What is to be published, to whom.</summary>
/// <param name="From">The first passing of the meet that is sent …</param>
/// <param name="UpTo">… and where it ends, this one not included.</param>
/// <param name="Rate">A second, all connections together; 0: as fast as receipts come.</param>
/// <param name="Epoch">The senders' run.</param>
/// <param name="Warm">Passings at the beginning that are not measured …</param>
/// <param name="WarmFor">… or so many seconds, whichever is over first.</param>
/// <param name="For">Seconds that are measured.</param>
public sealed record PublishRequest(
    int Port, BusyMeet Meet, int Connections, int From, int UpTo, double Rate, string Epoch, int Warm, double WarmFor, double For)
{
    /// <summary>Where this is not 0, so many bytes that begin with a <see cref="Mark"/> go to <see cref="MarkTopic"/> instead, and a PUBACK is the receipt.</summary>
    public int MarkBytes { get; init; }

    public const string MarkTopic = "bench/mark";
}

/// <summary>What came of it.</summary>
/// <param name="PerSecond">Passings whose receipt came, a second of the measured time.</param>
/// <param name="Receipts">In all, unmeasured ones included.</param>
/// <param name="PubAckMs">From the scheduled time; only where a rate was given.</param>
/// <param name="ReceiptMs">From the scheduled time; only where a rate was given.</param>
/// <param name="BeganNs">On the clock of <see cref="Mark"/>: passing n, counted from 0, was due (n + 1) / rate seconds later.</param>
/// <param name="Cpu">Processor time of the publisher itself.</param>
public sealed record PublishResult(double PerSecond, int Receipts, double[] PubAckMs, double[] ReceiptMs, long BeganNs, TimeSpan Cpu);

/// <summary>
/// Senders in a process of their own, one thread for all of them. Each connection is a source of its own and keeps what it has sent
/// until its receipt, a thousand messages at most; with a rate it sends by the clock, whatever comes back, and times count from when a
/// passing was due.
/// </summary>
internal sealed class Gateways(PublishRequest request)
{
    private const int MostUnderWay = 1000, MostBytes = 4096, MostHeader = 100;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20), Idle = TimeSpan.FromMilliseconds(50);

    private readonly Sender[] _senders = [.. Enumerable.Range(0, request.Connections).Select(number => new Sender(request, number))];
    private readonly List<double> _pubAcks = [], _receipts = [];
    private readonly PollEntry[] _waiting = new PollEntry[request.Connections + 1];
    private readonly int _available = Math.Min(
        request.UpTo - request.From, request.Rate > 0 ? (int)(request.Rate * (request.WarmFor + request.For)) : int.MaxValue);
    private long _began, _beganNs;
    private int _sent;

    public const string ProcessName = "gateways";

    /// <param name="args">The request as JSON.</param>
    public static Task ServeAsync(string[] args)
    {
        Waiting.BePunctual();
        var result = new Gateways(JsonSerializer.Deserialize<PublishRequest>(args[0])!).Run();
        Console.WriteLine(JsonSerializer.Serialize(result));
        return Task.CompletedTask;
    }

    /// <summary>Runs one beside this process.</summary>
    public static async Task<PublishResult> RunAsync(PublishRequest request, CancellationToken cancel)
    {
        var start = new ProcessStartInfo("dotnet", [VenueProcess.Dll("LiveSkate.Benchmarks"), "serve", ProcessName, JsonSerializer.Serialize(request)])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        await using var end = cancel.Register(process.Kill);
        var said = await process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        cancel.ThrowIfCancellationRequested();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<PublishResult>(said)!
            : throw new InvalidOperationException($"The publisher failed: {said}");
    }

    private PublishResult Run()
    {
        using var receipts = new GatewayLink(request.Port, $"bench-{request.Epoch}-receipts", "ls/v1/venue/src/+/ack");
        (_began, _beganNs) = (Stopwatch.GetTimestamp(), Mark.NowNs);
        (TimeSpan At, int Receipts)? warm = null;
        double? perSecond = null;
        var lastNews = TimeSpan.Zero;
        var known = 0;
        while (true)
        {
            Send(isOver: perSecond is not null);
            Wait(receipts);
            if (_waiting[^1].IsReadable)
                receipts.Receive(Receipt);
            for (var i = 0; i < _senders.Length; i++)
                if (_waiting[i].IsReadable)
                    Hear(_senders[i]);
            var (now, came) = (Elapsed, _senders.Sum(sender => sender.Receipts));
            (lastNews, known) = came != known ? (now, came) : (lastNews, known);
            if (now - lastNews > Patience)
                throw new InvalidOperationException($"No receipt for {Patience.TotalSeconds} s; {came} of {_sent} came.");
            if (warm is null && (came >= request.Warm || now.TotalSeconds >= request.WarmFor))
                warm = (now, came);
            if (warm is { } since && (came == _available || (request.Rate == 0 && (now - since.At).TotalSeconds >= request.For)))
                perSecond ??= (came - since.Receipts) / (now - since.At).TotalSeconds;
            // What is still under way must not get in the way of what is measured next.
            if (perSecond is { } measured && came == _sent)
                return Result(measured, came);
        }
    }

    private TimeSpan Elapsed => Stopwatch.GetElapsedTime(_began);

    private PublishResult Result(double perSecond, int receipts)
    {
        foreach (var sender in _senders)
            sender.Link.Dispose();
        var unmeasured = (int)(request.Rate * request.WarmFor);
        return new PublishResult(
            perSecond, receipts, [.. _pubAcks.Skip(unmeasured)], [.. _receipts.Skip(unmeasured)], _beganNs, Process.GetCurrentProcess().TotalProcessorTime);
    }

    private void Send(bool isOver)
    {
        var due = isOver ? _sent : request.Rate > 0 ? Math.Min(_available, (int)(Elapsed.TotalSeconds * request.Rate)) : _available;
        // In turn, so that the passings go out in the order of the race.
        while (_sent < due && _senders[_sent % _senders.Length] is { UnderWay: < MostUnderWay } sender)
        {
            sender.Add(request.From + _sent, DueAt(_sent), _beganNs);
            _sent++;
        }
        foreach (var sender in _senders)
            sender.Link.Flush();
    }

    private TimeSpan DueAt(int n) => request.Rate > 0 ? TimeSpan.FromSeconds((n + 1) / request.Rate) : TimeSpan.Zero;

    private void Wait(GatewayLink receipts)
    {
        for (var i = 0; i < _senders.Length; i++)
            _waiting[i] = Waiting.For(_senders[i].Link.Handle, _senders[i].Link.HasMoreToSend);
        _waiting[^1] = Waiting.For(receipts.Handle, alsoToWrite: false);
        var next = request.Rate > 0 && _sent < _available ? DueAt(_sent) - Elapsed : Idle;
        Waiting.Wait(_waiting, next < TimeSpan.Zero ? TimeSpan.Zero : next < Idle ? next : Idle);
    }

    private void Hear(Sender sender) => sender.Link.Receive((kind, body) => PubAck(sender, kind, body));

    private void PubAck(Sender sender, int kind, ReadOnlySpan<byte> body)
    {
        if (kind != MqttFrames.PubAck)
            return;
        if (request.Rate > 0)
            _pubAcks.Add((Elapsed - sender.DueOfPacket(GatewayLink.PacketId(body))).TotalMilliseconds);
        if (request.MarkBytes > 0)
            _ = sender.Received(sender.Receipts + 1).Count();
    }

    /// <summary>Topic …/src/finish-{k}/ack, payload {"epoch":…,"seq":n}.</summary>
    private void Receipt(int kind, ReadOnlySpan<byte> body)
    {
        if (kind != MqttFrames.Publish)
            return;
        var topic = Encoding.ASCII.GetString(body.Slice(2, GatewayLink.PacketId(body)));
        using var payload = JsonDocument.Parse(body[(2 + topic.Length)..].ToArray());
        var sender = _senders.FirstOrDefault(sender => topic.EndsWith($"/{sender.Source}/ack", StringComparison.Ordinal));
        if (sender is null || payload.RootElement.GetProperty("epoch").GetString() != request.Epoch)
            return;
        var now = Elapsed;
        foreach (var due in sender.Received(payload.RootElement.GetProperty("seq").GetInt32()))
            if (request.Rate > 0)
                _receipts.Add((now - due).TotalMilliseconds);
    }

    /// <summary>One connection, one source.</summary>
    private sealed class Sender(PublishRequest request, int number)
    {
        private readonly byte[] _topic = Encoding.ASCII.GetBytes(
            request.MarkBytes > 0 ? PublishRequest.MarkTopic : $"ls/v1/venue/src/{BusyMeet.Source(number)}/passing");
        private readonly List<TimeSpan> _due = [];

        public GatewayLink Link { get; } = new(request.Port, $"bench-{request.Epoch}-{number}");

        public string Source { get; } = BusyMeet.Source(number);

        /// <summary>All up to this number are in the journal.</summary>
        public int Receipts { get; private set; }

        public int UnderWay => _due.Count - Receipts;

        /// <param name="beganNs">What <paramref name="due"/> counts from.</param>
        public void Add(int passing, TimeSpan due, long beganNs)
        {
            _due.Add(due);
            Span<byte> payload = stackalloc byte[MostBytes];
            var length = request.MarkBytes > 0
                ? WriteMark(payload, beganNs + (long)due.TotalNanoseconds)
                : request.Meet.WritePayload(payload, passing, request.Epoch, _due.Count);
            Link.Added(MqttFrames.WritePublish(Link.Room(MostBytes + MostHeader), _topic, IdOf(_due.Count), payload[..length]));
        }

        public TimeSpan DueOfPacket(ushort id)
        {
            // The newest with that id; never more than a thousand are under way.
            var seq = _due.Count;
            while (IdOf(seq) != id)
                seq--;
            return _due[seq - 1];
        }

        public IEnumerable<TimeSpan> Received(int seq)
        {
            while (Receipts < seq)
                yield return _due[Receipts++];
        }

        private int WriteMark(Span<byte> payload, long dueNs)
        {
            payload[..request.MarkBytes].Fill((byte)'.');
            return Encoding.ASCII.GetBytes(Mark.Of(dueNs), payload) is var written && written < request.MarkBytes ? request.MarkBytes : written;
        }

        private static ushort IdOf(int seq) => (ushort)((seq - 1) % ushort.MaxValue + 1);
    }
}
