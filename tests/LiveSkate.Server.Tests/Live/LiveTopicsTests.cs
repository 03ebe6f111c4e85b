using System.Collections.Concurrent;
using System.Text;
using LiveSkate.Server.Live;
using LiveSkate.Server.Tests.Ingest;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace LiveSkate.Server.Tests.Live;

public sealed class LiveTopicsTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, int> _heats = new();
    private readonly ConcurrentQueue<(string Topic, string Payload, DateTimeOffset At)> _published = new();
    private readonly LiveTopics _topics;
    private Func<Task> _broker = () => Task.CompletedTask;
    private Task _loop = Task.CompletedTask;

    public LiveTopicsTests() => _topics = new LiveTopics(
        (meet, heat) => _heats.TryGetValue(heat, out var value) ? Encoding.UTF8.GetBytes($"{meet} {value}") : null,
        async (topic, payload) =>
        {
            await _broker();
            _published.Enqueue((topic, Encoding.UTF8.GetString(payload.Span), _time.GetUtcNow()));
        },
        new LiveOptions(), _time, NullLogger<LiveTopics>.Instance);

    [Fact]
    public async Task Heat_is_published_on_its_topic_at_once_and_then_at_most_once_in_50_ms()
    {
        _loop = _topics.RunAsync(_stop.Token);
        for (var i = 1; i <= 1000; i++)
        {
            Change("m1000-pre-1", i);
            if (i == 1)
                await Soon.UntilAsync(() => _published.Count == 1, "the first, without the clock moving");
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        await TurnUntilAsync(() => _published.Last().Payload == "games 1000");
        Assert.All(_published, one => Assert.Equal("live/games/heats/m1000-pre-1", one.Topic));
        var times = _published.Select(one => one.At).ToArray();
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromMilliseconds(50)));
    }

    [Fact]
    public async Task Broker_that_takes_its_time_holds_nobody_up_and_gets_the_newest()
    {
        var taken = new TaskCompletionSource();
        _broker = () => taken.Task;
        _loop = _topics.RunAsync(_stop.Token);
        for (var i = 1; i <= 500; i++)
            Change("h", i);
        taken.SetResult();
        await TurnUntilAsync(() => _published.LastOrDefault().Payload == "games 500");
        Assert.True(_published.Count <= 2);
    }

    [Fact]
    public async Task What_a_broker_has_refused_is_tried_again()
    {
        var refusals = 3;
        _broker = () => refusals-- > 0 ? throw new IOException("the broker is away") : Task.CompletedTask;
        _loop = _topics.RunAsync(_stop.Token);
        Change("h", 1);
        Change("i", 2);
        await TurnUntilAsync(() => _published.Count >= 2);
        Assert.Equal(["games 1", "games 2"], _published.Select(one => one.Payload).Order());
    }

    [Fact]
    public async Task Heat_that_is_gone_has_its_topic_emptied()
    {
        _loop = _topics.RunAsync(_stop.Token);
        _topics.Changed([("games", "gone")]);
        await TurnUntilAsync(() => _published.Count == 1);
        Assert.Equal("", _published.Single().Payload);
    }

    [Fact]
    public async Task At_the_start_all_are_published_anew()
    {
        _heats["a"] = 1;
        _heats["b"] = 2;
        await _topics.RepublishAllAsync([("games", "a"), ("games", "b")]);
        Assert.Equal(["live/games/heats/a", "live/games/heats/b"], _published.Select(one => one.Topic));
    }

    private void Change(string heat, int value)
    {
        _heats[heat] = value;
        _topics.Changed([("games", heat)]);
    }

    private Task TurnUntilAsync(Func<bool> condition) => Soon.UntilAsync(
        () =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(50));
            return condition();
        },
        "a condition while the clock turns");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop.ContinueWith(_ => { }, TaskScheduler.Default);
        _stop.Dispose();
    }
}
