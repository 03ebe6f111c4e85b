using LiveSkate.Server;
using LiveSkate.Server.Demo;
using LiveSkate.Server.Ingest;
using LiveSkate.Server.Journal;
using LiveSkate.Server.Live;
using LiveSkate.Server.Office;
using LiveSkate.Server.Ops;

string? urls = null;
return await StartFailure.GuardAsync(RunAsync, () => urls, Console.Error);

async Task RunAsync()
{
    // The root's appsettings.json lies beside the program; what the program writes goes to the working directory.
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = StartArguments.Read(args), ContentRootPath = AppContext.BaseDirectory });
    var settings = Settings.Read(builder.Configuration);
    urls = settings.Urls;
    Logging.Add(builder.Services, settings.Journal.Path);
    var officeKey = OfficeKey.Load(settings.Office, settings.Journal.Path, Announcement.OfficeKey);
    var demo = new DemoSettings(settings.Demo.Speed, settings.Demo.Meet);
    var isDemo = settings.Demo.Enabled;
    HasOfficeKey hasKey = context => officeKey.IsIn(context) || (isDemo && demo.IsIn(context));
    if (isDemo)
        settings = settings with { Mqtt = demo.LetPlayerIn(settings.Mqtt) };
    AddVenue(builder.Services, settings);
    builder.Services.AddSingleton(demo).AddSingleton<DemoRun>();

    await using var app = builder.Build();
    app.MapPages();
    app.MapOps(app.Services.GetRequiredService<Readiness>(), app.Services.GetRequiredService<Metrics>());
    app.MapOffice(app.Services.GetRequiredService<MeetLoop>(), hasKey);
    app.MapReading(app.Services.GetRequiredService<MeetLoop>(), app.Services.GetRequiredService<History>(), hasKey);
    app.MapJournal(app.Services.GetRequiredService<IJournal>(), hasKey);
    app.MapLive();
    await app.StartAsync();
    Announcement.Addresses(app.Urls, settings);

    var demoRun = isDemo
        ? app.Services.GetRequiredService<DemoRun>().RunAsync(app.Urls, settings.Mqtt, app.Lifetime.ApplicationStopping)
        : Task.CompletedTask;
    await app.WaitForShutdownAsync();
    await demoRun;
}

static void AddVenue(IServiceCollection services, Settings settings)
{
    services.AddSingleton(TimeProvider.System).AddSingleton(settings.Mqtt).AddSingleton(settings.Journal);
    services.AddSingleton<Metrics>().AddSingleton<Readiness>();
    services.AddSingleton<SqliteJournal>();
    services.AddSingleton<IJournal>(all => new MeasuredJournal(all.GetRequiredService<SqliteJournal>(), all.GetRequiredService<Metrics>().Appended));
    services.AddSingleton<MeetLoop>().AddSingleton<History>();
    services.AddSingleton<IMqttBroker>(all => settings.Mqtt.Mode == MqttMode.Embedded
        ? new EmbeddedBroker(settings.Mqtt, all.GetRequiredService<MeetLoop>().RecordAsync, all.GetRequiredService<ILogger<EmbeddedBroker>>())
        : new ExternalBroker(settings.Mqtt, all.GetRequiredService<MeetLoop>().RecordAsync, all.GetRequiredService<ILogger<ExternalBroker>>()));
    services.AddSingleton<AckPublisher>().AddSingleton<HoleWatch>();
    services.AddSingleton(all => new SourceHealth(TimeProvider.System, all.GetRequiredService<HoleWatch>().AlarmOf));
    services.AddLive(all => VenueHost.Source(all.GetRequiredService<MeetLoop>(), all.GetRequiredService<SourceHealth>(), TimeProvider.System));
    services.AddSingleton(all => new LiveTopics(
        (meet, heat) => Projection.HeatDocument(all.GetRequiredService<MeetLoop>().Standing, meet, heat),
        (topic, payload) => all.GetRequiredService<IMqttBroker>().PublishAsync(topic, payload, retain: true, CancellationToken.None),
        all.GetRequiredService<LiveOptions>(), TimeProvider.System, all.GetRequiredService<ILogger<LiveTopics>>()));
    services.AddHostedService<VenueHost>();
}
