using System.Globalization;
using Microsoft.AspNetCore.SignalR;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace LiveSkate.Server.Ops;

/// <summary>Lines on the console and in files beside the journal, each with the meet, the heat and the position it is about.</summary>
public static class Logging
{
    private const int FilesKept = 31;
    private const long MostBytes = 100 * 1024 * 1024;
    private const string Columns = "{Level:u3} {Meet,-16} {Heat,-14} {At,7} | {Message:lj}{NewLine}{Exception}";

    /// <summary>
    /// The host's own word on a start that failed, with its stack; the start itself says it in a sentence. What runs in the
    /// background is then cancelled, which the host calls a failure too.
    /// </summary>
    private const int HostedServiceStartupFaulted = 11;

    /// <param name="journal">The path of the journal; the files are in <c>logs</c> beside it, one a day.</param>
    public static void Add(IServiceCollection services, string journal) => services.AddSerilog(
        (provider, logger) => Configure(logger, journal, provider.GetService<IConfiguration>()), preserveStaticLogger: true);

    private static void Configure(LoggerConfiguration logger, string journal, IConfiguration? settings)
    {
        var files = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(journal))!, "logs", "liveskate-.log");
        logger
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information);
        foreach (var level in settings?.GetSection("Logging:LogLevel").GetChildren() ?? [])
        {
            _ = level.Key == "Default" ? logger.MinimumLevel.Is(LevelOf(level)) : logger.MinimumLevel.Override(level.Key, LevelOf(level));
        }
        logger.Enrich.FromLogContext()
            .Enrich.With<Blanks>()
            // The hub's answer to a wrong question. SignalR calls it an error of ours, and anybody can ask as often as he likes.
            .Filter.ByExcluding(line => line.Exception is HubException)
            .WriteTo.Logger(console => console
                .Filter.ByExcluding(IsFailedStart)
                .WriteTo.Console(outputTemplate: "{Timestamp:HH:mm:ss.fff} " + Columns, formatProvider: CultureInfo.InvariantCulture))
            .WriteTo.File(files, outputTemplate: "{Timestamp:yyyy-MM-ddTHH:mm:ss.ffffffzzz} " + Columns, formatProvider: CultureInfo.InvariantCulture,
                rollingInterval: RollingInterval.Day, retainedFileCountLimit: FilesKept, fileSizeLimitBytes: MostBytes, rollOnFileSizeLimit: true);
    }

    /// <summary>ASP.NET Core's own names, as everybody knows them.</summary>
    private static LogEventLevel LevelOf(IConfigurationSection setting) => setting.Value?.ToUpperInvariant() switch
    {
        "TRACE" => LogEventLevel.Verbose,
        "DEBUG" => LogEventLevel.Debug,
        "INFORMATION" => LogEventLevel.Information,
        "WARNING" => LogEventLevel.Warning,
        "ERROR" => LogEventLevel.Error,
        "CRITICAL" => LogEventLevel.Fatal,
        "NONE" => LevelAlias.Off,
        _ => throw new SettingsException(
            setting.Path, setting.Value ?? "a group", "it is no level", "Trace, Debug, Information, Warning, Error, Critical or None"),
    };

    private static bool IsFailedStart(LogEvent line) => IsOfTheHost(line)
        && (line.Exception is OperationCanceledException || (line.Properties.TryGetValue("EventId", out var id)
            && id is StructureValue value
            && value.Properties.Any(part => part is { Name: "Id", Value: ScalarValue { Value: HostedServiceStartupFaulted } })));

    private static bool IsOfTheHost(LogEvent line) =>
        line.Properties.TryGetValue(Constants.SourceContextPropertyName, out var source)
        && source is ScalarValue { Value: "Microsoft.Extensions.Hosting.Internal.Host" };

    /// <summary>Keeps the columns of a line that is about no meet, heat or position.</summary>
    private sealed class Blanks : ILogEventEnricher
    {
        private static readonly LogEventProperty[] Empty = [.. new[] { "Meet", "Heat", "At" }.Select(name => new LogEventProperty(name, new ScalarValue("")))];

        public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
        {
            foreach (var property in Empty)
                logEvent.AddPropertyIfAbsent(property);
        }
    }
}
