using System.Buffers.Text;
using System.Text;

namespace LiveSkate.Benchmarks.Load;

/// <summary>The crowd's connections: one thread, one epoll, one buffer; messages are counted by the numbers in them, not read.</summary>
internal sealed class CrowdLoop(Audience audience) : IDisposable
{
    private const uint HungUp = 0x2000;
    private const int Room = 64, SmallBuffer = 4096, SeatsPerAddress = 10_000, MostArrivals = 500;
    private const long PingNs = 15_000_000_000;

    private readonly int _epoll = Libc.NewEpoll();
    private readonly byte[] _buffer = new byte[Room + 256 * 1024];
    private readonly (int Tag, uint Events)[] _events = new (int, uint)[512];
    private readonly Dialect _dialect = Dialect.Of(audience.Speech, audience.Topic);
    private readonly byte[] _request = Dialect.Of(audience.Speech, audience.Topic).Request(audience.Port);
    private readonly byte[] _sign = Encoding.UTF8.GetBytes(audience.Sign);
    private readonly bool _areTimes = audience.Sign == "@";
    private readonly Queue<Seat> _toConnect = new();
    private int _inFlight, _nextPing;

    public Seat[] Seats { get; } = [.. Enumerable.Range(0, audience.Viewers).Select(i => new Seat(i, audience.StallsOneIn > 0 && i % audience.StallsOneIn == 0))];
    public Histogram Latency { get; } = new();

    /// <summary>With room from the start: to move it while it is counted would count.</summary>
    public List<Arrival> Arrivals { get; } = new(audience.Sign == "@" ? 0 : audience.Viewers * MostArrivals);

    public long Bytes { get; private set; }
    public int Cut { get; private set; }

    /// <summary>How many connections may be under way at once.</summary>
    public int AtOnce { get; set; } = audience.AtOnce;

    /// <summary>Those that stall do so as soon as they have had a first message.</summary>
    public bool Stalling { get; set; }

    public void BeginCount() => (Bytes, Cut) = (0, 0);

    public void Dispose() => Libc.Drop(_epoll);

    public void Enqueue(Seat seat) => _toConnect.Enqueue(seat);

    public void Turn(int timeoutMs)
    {
        while (_inFlight < AtOnce && _toConnect.TryDequeue(out var seat))
            Open(seat);
        var count = Libc.Wait(_epoll, _events, timeoutMs);
        for (var i = 0; i < count; i++)
            Handle(Seats[_events[i].Tag], _events[i].Events);
        if (_dialect.Ping.Length > 0)
            PingSome();
    }

    public void Drop(Seat seat)
    {
        if (seat.Socket < 0)
            return;
        if (seat.Stage is Stage.Connecting or Stage.Upgrading or Stage.Waiting)
            _inFlight--;
        Libc.Drop(seat.Socket);
        (seat.Socket, seat.Stage, seat.TailLength, seat.Reads) = (-1, Stage.Away, 0, true);
    }

    public void Read(Seat seat, bool reads)
    {
        seat.Reads = reads;
        if (seat.Socket >= 0)
            Libc.Watch(_epoll, seat.Socket, reads ? Libc.ReadyToRead : HungUp, seat.Index);
    }

    private void Open(Seat seat)
    {
        seat.Socket = Libc.Connect(audience.Port, 1 + seat.Index / SeatsPerAddress, seat.Stalls ? SmallBuffer : null);
        seat.Stage = Stage.Connecting;
        _inFlight++;
        Libc.Watch(_epoll, seat.Socket, Libc.ReadyToWrite, seat.Index, anew: true);
    }

    private void Handle(Seat seat, uint events)
    {
        if (seat.Socket < 0)
            return;
        if (seat.Stage == Stage.Connecting && (events & Libc.Broken) == 0)
        {
            seat.Stage = Stage.Upgrading;
            Libc.Watch(_epoll, seat.Socket, Libc.ReadyToRead, seat.Index);
            if (!Libc.Send(seat.Socket, _request))
                Lose(seat);
            return;
        }

        var got = (events & Libc.ReadyToRead) != 0 ? Libc.Receive(seat.Socket, _buffer.AsSpan(Room)) : (events & (Libc.Broken | HungUp)) != 0 ? 0 : -1;
        if (got > 0)
            Take(seat, got);
        else if (got == 0)
            Lose(seat);
    }

    private void Take(Seat seat, int got)
    {
        var now = Mark.NowNs;
        Bytes += got;
        if (seat.Stage == Stage.Upgrading && !Upgrade(seat, _buffer.AsSpan(Room, got), now))
            return;

        seat.Tail.AsSpan(0, seat.TailLength).CopyTo(_buffer.AsSpan(Room - seat.TailLength));
        var read = _buffer.AsSpan(Room - seat.TailLength, seat.TailLength + got);
        var at = 0;
        for (int found; (found = read[at..].IndexOf(_sign)) >= 0;)
        {
            var digits = read[(at + found + _sign.Length)..];
            if (Utf8Parser.TryParse(digits, out long number, out var used) && used < digits.Length)
                Count(seat, number, at + found, now);
            else if (digits.Length < Mark.Digits + 1)
            {
                // It may go on in the next read.
                at += found;
                Keep(seat, read[at..], got);
                return;
            }

            at += found + _sign.Length + used;
        }

        // The sign itself may be torn in two.
        Keep(seat, read[Math.Max(at, read.Length - _sign.Length + 1)..], got);
    }

    private static void Keep(Seat seat, ReadOnlySpan<byte> tail, int got)
    {
        tail.CopyTo(seat.Tail);
        seat.TailLength = tail.Length;
        if (seat.WokenNs != 0)
            seat.OldBytes += got;
    }

    private void Count(Seat seat, long number, int offset, long now)
    {
        if (seat.Stage == Stage.Waiting)
        {
            seat.Stage = Stage.Watching;
            seat.LastNs = now;
            _inFlight--;
            if (Stalling && seat.Stalls)
                Read(seat, false);
        }

        seat.CountMessage(now);
        if (_areTimes)
            Latency.Add(now - number);
        else
            Arrivals.Add(new Arrival(seat.Index, number, now));
        if (seat.WokenNs != 0)
            seat.CountAwaking(number, offset, now);
    }

    /// <summary>The answer to the upgrade is small and comes whole; what follows it in the same read is looked at like any other.</summary>
    private bool Upgrade(Seat seat, ReadOnlySpan<byte> head, long now)
    {
        if (!head.StartsWith("HTTP/1.1 101"u8) || head.IndexOf("\r\n\r\n"u8) < 0 || (_dialect.Opening.Length > 0 && !Libc.Send(seat.Socket, _dialect.Opening)))
        {
            Lose(seat);
            return false;
        }

        seat.Stage = Stage.Waiting;
        seat.PingAtNs = now + PingNs;
        return true;
    }

    private void Lose(Seat seat)
    {
        Cut++;
        Drop(seat);
        Enqueue(seat);
    }

    /// <summary>A few seats each turn: pings are spread, as those of viewers who have come one after another.</summary>
    private void PingSome()
    {
        var now = Mark.NowNs;
        for (var i = 0; i < Math.Min(Seats.Length, 32); i++)
        {
            var seat = Seats[_nextPing++ % Seats.Length];
            if (seat.Stage != Stage.Watching || now < seat.PingAtNs)
                continue;
            seat.PingAtNs = now + PingNs;
            Libc.Send(seat.Socket, _dialect.Ping);
        }
    }
}
