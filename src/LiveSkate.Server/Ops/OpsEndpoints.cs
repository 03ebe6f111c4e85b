using Prometheus;

namespace LiveSkate.Server.Ops;

internal static class OpsEndpoints
{
    /// <summary><c>/health/live</c>, <c>/health/ready</c> (503 with what is waited for) and <c>/metrics</c>.</summary>
    public static void MapOps(this IEndpointRouteBuilder app, Readiness readiness, Metrics metrics)
    {
        app.MapGet("/health/live", () => Results.Text("""{"live":true}""", "application/json"));
        app.MapGet("/health/ready", () => readiness.WaitsFor is { Count: > 0 } waits
            ? Results.Text($$"""{"ready":false,"waitsFor":["{{string.Join("\",\"", waits)}}"]}""", "application/json", statusCode: 503)
            : Results.Text("""{"ready":true}""", "application/json"));
        app.MapMetrics(server => server.Registry = metrics.Registry);
    }
}
