using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;

namespace LiveSkate.Simulator.Play;

/// <summary>
/// The office's side of the contract over HTTP. A server that was there and is away is waited for, for ever: it may be
/// starting again. Every command carries an Idempotency-Key, so that asking again does nothing twice.
/// </summary>
public sealed partial class OfficeLink : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100), LongestPause = TimeSpan.FromSeconds(2);

    private readonly HttpClient _http;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private bool _metBefore;

    public OfficeLink(PlayerOptions options, TimeProvider time, ILogger log)
    {
        _http = new HttpClient { BaseAddress = options.Server, Timeout = TimeSpan.FromSeconds(20) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.Key);
        _patience = options.Patience;
        _time = time;
        _log = log;
    }

    public Task<Answer> GetAsync(string path, CancellationToken ct) =>
        SendAsync(() => new(HttpMethod.Get, path), ct);

    public Task<Answer> PutAsync(string path, JsonObject body, CancellationToken ct) =>
        SendAsync(() => new(HttpMethod.Put, path) { Content = Json(body) }, ct);

    /// <param name="key">The same for the same step of the same replay.</param>
    public Task<Answer> CommandAsync(string meet, JsonObject command, string key, CancellationToken ct) =>
        SendAsync(
            () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Post, $"/api/meets/{meet}/commands") { Content = Json(command) };
                request.Headers.Add("Idempotency-Key", key);
                return request;
            },
            ct);

    public void Dispose() => _http.Dispose();

    private static StringContent Json(JsonObject body) => new(body.ToJsonString(), Encoding.UTF8, "application/json");

    private async Task<Answer> SendAsync(Func<HttpRequestMessage> make, CancellationToken ct)
    {
        var since = _time.GetTimestamp();
        var waiting = false;
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            string trouble;
            Exception? cause = null;
            try
            {
                using var request = make();
                using var response = await _http.SendAsync(request, ct);
                var body = await response.Content.ReadAsStringAsync(ct);
                if (response.StatusCode < HttpStatusCode.InternalServerError)
                {
                    _metBefore = true;
                    if (waiting)
                        Log.Back(_log, _http.BaseAddress!);
                    return response.StatusCode == HttpStatusCode.Unauthorized
                        ? throw new ReplayException($"{_http.BaseAddress} does not accept the office key: {body}")
                        : new(response.StatusCode, body, request.RequestUri!.ToString());
                }

                trouble = $"{(int)response.StatusCode} {body}";
                // An answer, but not a good one: that is a fault of the server and not its absence.
                if (response.StatusCode == HttpStatusCode.InternalServerError && _time.GetElapsedTime(since) > _patience)
                    throw new ReplayException($"{request.Method} {request.RequestUri} is answered with {trouble}");
            }
            catch (Exception away) when (IsAway(away, ct))
            {
                (trouble, cause) = (away.Message, away);
            }

            if (!_metBefore && _time.GetElapsedTime(since) > _patience)
                throw new ReplayException($"There is no LiveSkate server at {_http.BaseAddress}: {trouble}", cause);
            if (!waiting)
                Log.Waiting(_log, _http.BaseAddress!, trouble);
            waiting = true;
            await Task.Delay(pause, _time, ct);
        }
    }

    private static bool IsAway(Exception problem, CancellationToken ct) =>
        problem is HttpRequestException or IOException
        || (problem is OperationCanceledException && !ct.IsCancellationRequested);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Waiting for {Server}: {Trouble}")]
        public static partial void Waiting(ILogger log, Uri server, string trouble);

        [LoggerMessage(2, LogLevel.Information, "{Server} is back")]
        public static partial void Back(ILogger log, Uri server);
    }
}

/// <summary>What the server said, below 500.</summary>
public sealed record Answer(HttpStatusCode Status, string Body, string Address)
{
    public bool IsGood => (int)Status is >= 200 and < 300;

    public ProblemView Problem
    {
        get
        {
            try
            {
                return JsonSerializer.Deserialize(Body, OfficeJson.Default.ProblemView) ?? new(null, null, null, null);
            }
            catch (JsonException)
            {
                return new(null, null, Body, null);
            }
        }
    }

    /// <exception cref="ReplayException">Not a good answer, or not of the contract's shape.</exception>
    public T Read<T>(JsonTypeInfo<T> type)
    {
        if (!IsGood)
            throw new ReplayException(Refused());
        try
        {
            return JsonSerializer.Deserialize(Body, type) ?? throw new ReplayException($"{Address} answered null.");
        }
        catch (JsonException problem)
        {
            throw new ReplayException($"{Address} answered something else than the contract says: {problem.Message}", problem);
        }
    }

    /// <summary>One sentence with all that the server said.</summary>
    public string Refused()
    {
        var problem = Problem;
        var faults = problem.Faults is { IsDefaultOrEmpty: false } list
            ? "\n" + string.Join('\n', list.Select(fault => $"  {fault.Path}: {fault.Code}: {fault.Detail}"))
            : "";
        return $"{Address} refused ({(int)Status} {problem.Code}): {problem.Detail ?? problem.Title}{faults}";
    }
}
