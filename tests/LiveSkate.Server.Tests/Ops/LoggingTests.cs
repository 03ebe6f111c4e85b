using LiveSkate.Server.Ops;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace LiveSkate.Server.Tests.Ops;

public sealed partial class LoggingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liveskate-log-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_line_has_columns_for_meet_heat_and_position_blank_where_there_is_none()
    {
        var lines = Written(logger =>
        {
            Log.Heat(logger, "wg-2022", "m1000-pre-1", 412);
            Log.Plain(logger);
        });

        Assert.Equal(2, lines.Length);
        Assert.EndsWith("INF wg-2022          m1000-pre-1        412 | Heat m1000-pre-1 of wg-2022 armed at 412", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("INF                                         | Nothing in particular", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_go_to_one_file_a_day_beside_the_journal()
    {
        Written(Log.Plain);
        var file = Assert.Single(Directory.GetFiles(_folder, "*", SearchOption.AllDirectories));
        Assert.Equal("logs", Path.GetFileName(Path.GetDirectoryName(file)));
        Assert.Matches(@"liveskate-\d{8}\.log$", file);
    }

    [Fact]
    public void The_framework_speaks_only_when_something_is_wrong()
    {
        var lines = Written(Log.Plain, Log.Trouble, "Microsoft.AspNetCore.Routing");
        Assert.Contains("WRN", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Fact]
    public void Levels_are_set_as_in_any_program_of_asp_net()
    {
        Assert.Contains("Trouble", Assert.Single(Written(Log.Plain, Log.Trouble, "LiveSkate.Server.MeetLoop", ("Default", "Warning"))), StringComparison.Ordinal);
        Assert.Equal(2, Written(Log.Plain, Log.Trouble, "Microsoft.AspNetCore.Routing", ("Microsoft.AspNetCore", "information")).Length);
        var error = Assert.Throws<SettingsException>(() => Written(Log.Plain, Log.Trouble, "X", ("Default", "Loud")));
        Assert.Contains("Logging:LogLevel:Default is Loud: it is no level. Allowed: Trace,", error.Message, StringComparison.Ordinal);
    }

    private string[] Written(params Action<ILogger>[] writes) => Written(logger => Array.ForEach(writes, write => write(logger)), _ => { }, "LiveSkate.Server.MeetLoop");

    private string[] Written(Action<ILogger> first, Action<ILogger> second, string category, params (string Category, string Level)[] levels)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, $"{levels.Length}{category}")).FullName;
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(
            levels.Select(level => new KeyValuePair<string, string?>($"Logging:LogLevel:{level.Category}", level.Level))).Build());
        Logging.Add(services, Path.Combine(folder, "liveskate.db"));
        using (var provider = services.BuildServiceProvider())
        {
            var logger = provider.GetRequiredService<ILoggerFactory>().CreateLogger(category);
            first(logger);
            second(logger);
        }
        return File.ReadAllLines(Directory.GetFiles(Path.Combine(folder, "logs")).Single());
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Heat {Heat} of {Meet} armed at {At}")]
        public static partial void Heat(ILogger logger, string meet, string heat, long at);

        [LoggerMessage(LogLevel.Information, "Nothing in particular")]
        public static partial void Plain(ILogger logger);

        [LoggerMessage(LogLevel.Warning, "Trouble")]
        public static partial void Trouble(ILogger logger);
    }
}
