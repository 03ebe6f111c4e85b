using System.Net.WebSockets;
using LiveSkate.Simulator.Planning;
using MQTTnet;

namespace LiveSkate.Benchmarks.Soak;

/// <summary>
/// All who watch through the day: screens that stay, phones that come and go, laptops that fall asleep; and gateways whose link breaks.
/// Their number is the same from the beginning to the end, so that what the server holds for them is, too.
/// </summary>
internal sealed class Onlookers(int webPort, int mqttPort, Func<string> heatOn) : IAsyncDisposable
{
    private const int Screens = 24, Phones = 24, Sleepers = 8, Gateways = 2;
    private static readonly TimeSpan ComesBackAfter = TimeSpan.FromMilliseconds(200), Settles = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _closed = new();
    private readonly List<IViewer> _stay = [];
    private readonly List<Task> _tasks = [];
    private readonly Lock _gate = new();
    private (int Viewers, long Frames, int Breaks, int Failures) _left;
    private volatile bool _quiet;
    private int _visits, _naps;

    /// <summary>Connections of phones, and times that a sleeper slept.</summary>
    public (int Visits, int Naps) Coming => (_visits, _naps);

    public void Open()
    {
        for (var i = 0; i < Screens; i++)
        {
            var followed = new Followed(i % 4 == 3 ? $"meet/{LongMeet.Id}" : "now");
            var screen = i % 3 == 2 ? (IViewer)new FeedViewer(webPort, followed) : new HubViewer(webPort, followed);
            Stay(screen);
        }

        for (var i = 0; i < Sleepers; i++)
        {
            var sleeper = i % 4 == 3 ? (IViewer)new FeedViewer(webPort, new Followed("now")) : new HubViewer(webPort, new Followed("now"));
            Stay(sleeper);
            _tasks.Add(NapAsync(sleeper, Dice.For("naps", $"{i}")));
        }

        _tasks.AddRange(Enumerable.Range(0, Phones).Select(i => ComeAndGoAsync(i, Dice.For("phone", $"{i}"))));
        _tasks.AddRange(Enumerable.Range(0, Gateways).Select(BreakLinksAsync));
    }

    /// <summary>No more naps; everybody gets the newest. Call it when nothing changes any more.</summary>
    /// <returns>How many who stayed do not hold what a viewer is shown who comes just now.</returns>
    public async Task<int> SettleAsync(CancellationToken cancel)
    {
        _quiet = true;
        _stay.ForEach(viewer => viewer.Wake());
        var fresh = new Dictionary<string, Followed>();
        foreach (var scope in _stay.Select(viewer => viewer.Followed.Scope).Distinct())
            fresh[scope] = await FreshAsync(scope, cancel);
        var deadline = DateTime.UtcNow + Settles;
        int others;
        while ((others = _stay.Count(viewer => !viewer.Followed.HoldsWhat(fresh[viewer.Followed.Scope]))) > 0 && DateTime.UtcNow < deadline)
            await Task.Delay(100, cancel);
        return others;
    }

    /// <summary>All who ever came.</summary>
    public (int Viewers, long Frames, int Breaks, int Failures) Count()
    {
        lock (_gate)
            return _stay.Aggregate(_left, static (sofar, viewer) => With(sofar, viewer.Followed));
    }

    /// <exception cref="AggregateException">A viewer has met something that a viewer should not.</exception>
    public void Check()
    {
        if (_tasks.Where(task => task.IsFaulted).Select(task => task.Exception!).FirstOrDefault() is { } broken)
            throw broken;
    }

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        await Task.WhenAll(_tasks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stay.ForEach(viewer => viewer.Dispose());
        _closed.Dispose();
    }

    /// <summary>Everybody who stays has heard of this run of the server.</summary>
    public bool AllHeardOf(string epoch) => _stay.All(viewer => viewer.Followed.Epoch == epoch);

    public async Task<string> EpochAsync(CancellationToken cancel) => (await FreshAsync("now", cancel)).Epoch ?? "";

    private void Stay(IViewer viewer)
    {
        _stay.Add(viewer);
        _tasks.Add(KeepAsync(viewer, _closed.Token));
    }

    /// <summary>Comes back whenever the connection ends, with what it holds.</summary>
    private static async Task KeepAsync(IViewer viewer, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await viewer.StayAsync(cancel);
            }
            catch (Exception away) when (away is WebSocketException or HttpRequestException or IOException or OperationCanceledException)
            {
                // Cut for sleeping, or the server is not there.
            }

            await Task.Delay(ComesBackAfter, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task NapAsync(IViewer sleeper, Dice dice)
    {
        while (!_closed.IsCancellationRequested)
        {
            await Task.Delay((int)dice.Between(1000, 4000), _closed.Token);
            if (_quiet)
                continue;
            sleeper.Sleep();
            _naps++;
            // Some sleep longer than the server waits for them.
            await Task.Delay((int)dice.Between(1000, 14_000), _closed.Token);
            sleeper.Wake();
        }
    }

    private async Task ComeAndGoAsync(int number, Dice dice)
    {
        Followed? before = null;
        while (true)
        {
            string[] scopes = ["now", $"heat/{LongMeet.Id}/{heatOn()}", $"meet/{LongMeet.Id}", $"event/{LongMeet.Id}/{heatOn().Split('-')[0]}"];
            var scope = scopes[dice.Between(0, scopes.Length - 1)];
            var followed = before?.Scope == scope ? before : new Followed(scope);
            using (var viewer = number % 3 == 2 ? (IViewer)new FeedViewer(webPort, followed) : new HubViewer(webPort, followed, "?pace=250"))
            using (var visit = CancellationTokenSource.CreateLinkedTokenSource(_closed.Token))
            {
                visit.CancelAfter((int)dice.Between(500, 8000));
                await KeepAsync(viewer, visit.Token);
            }

            if (before is not null && before != followed)
                lock (_gate)
                    _left = With(_left, before);
            before = followed;
            _visits++;
            await Task.Delay((int)dice.Between(0, 500), _closed.Token);
        }
    }

    private static (int Viewers, long Frames, int Breaks, int Failures) With((int Viewers, long Frames, int Breaks, int Failures) sofar, Followed one)
    {
        one.CheckMended();
        return (sofar.Viewers + 1, sofar.Frames + one.Frames, sofar.Breaks + one.Breaks, sofar.Failures + one.Failures);
    }

    /// <summary>A gateway with a bad link: reports, is cut off without a word, comes back.</summary>
    private async Task BreakLinksAsync(int number)
    {
        while (true)
        {
            using var gateway = new MqttClientFactory().CreateMqttClient();
            try
            {
                await gateway.ConnectAsync(
                    new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", mqttPort).WithClientId($"bad-link-{number}")
                        .WithWillTopic("ls/v1/venue/src/split-1/status").WithWillPayload("{\"link\":\"lost\"}").WithWillRetain().Build(),
                    _closed.Token);
                await gateway.SubscribeAsync("ls/v1/venue/src/split-1/ack", cancellationToken: _closed.Token);
                await gateway.PublishStringAsync("ls/v1/venue/src/split-1/status", "{\"link\":\"up\"}", retain: true, cancellationToken: _closed.Token);
            }
            catch (Exception away) when (away is MQTTnet.Exceptions.MqttCommunicationException or IOException or NullReferenceException)
            {
                // The server is between two runs; MQTTnet's client, if it goes between connecting and subscribing, has no channel any more.
            }

            await Task.Delay(1000, _closed.Token);
        }
    }

    private async Task<Followed> FreshAsync(string scope, CancellationToken cancel)
    {
        var followed = new Followed(scope);
        using var viewer = new HubViewer(webPort, followed);
        using var visit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        visit.CancelAfter(Settles);
        var stay = viewer.StayAsync(visit.Token);
        while (followed.Frames == 0 && !stay.IsCompleted)
            await Task.Delay(50, cancel);
        await visit.CancelAsync();
        await stay.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return followed;
    }
}
