using LiveSkate.Server;
using LiveSkate.Server.Demo;
using LiveSkate.Server.Ingest;
using LiveSkate.Server.Journal;
using LiveSkate.Server.Live;
using LiveSkate.Server.Office;
using LiveSkate.Server.Ops;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = [.. args.Where(arg => arg != "demo")], ContentRootPath = AppContext.BaseDirectory });
var configuration = builder.Configuration;
var isDemo = args.Contains("demo") || configuration.GetValue<bool>("Demo:Enabled");
var speedSetting = configuration["Demo:Speed"] ?? "20";
var demo = new DemoSettings(
    speedSetting == "max" ? null : decimal.Parse(speedSetting, System.Globalization.CultureInfo.InvariantCulture), Guid.NewGuid().ToString("N"));
var mqtt = new MqttSettings(MqttMode.Embedded, configuration["Mqtt:Host"]!, configuration.GetValue("Mqtt:Port", 1883), null, null, false, [], configuration["Mqtt:Venue"]!);

builder.Services.AddSingleton(TimeProvider.System).AddSingleton(mqtt).AddSingleton(demo);
builder.Services.AddSingleton(new JournalSettings(configuration["Journal:Path"]!));
builder.Services.AddSingleton<IJournal, SqliteJournal>().AddSingleton<MeetLoop>().AddSingleton<History>();
builder.Services.AddSingleton<IMqttBroker>(services => new EmbeddedBroker(
    mqtt, services.GetRequiredService<MeetLoop>().RecordAsync, services.GetRequiredService<ILogger<EmbeddedBroker>>()));
builder.Services.AddSingleton<AckPublisher>().AddSingleton<HoleWatch>();
builder.Services.AddSingleton(services => new SourceHealth(TimeProvider.System, services.GetRequiredService<HoleWatch>().AlarmOf));
builder.Services.AddSingleton(services => new LiveTopics(
    (meet, heat) => Projection.HeatDocument(services.GetRequiredService<MeetLoop>().Venue, meet, heat, []) is { } state ? state : null,
    (topic, payload) => services.GetRequiredService<IMqttBroker>().PublishAsync(topic, payload, retain: true, CancellationToken.None),
    services.GetRequiredService<LiveOptions>(), TimeProvider.System, services.GetRequiredService<ILogger<LiveTopics>>()));
builder.Services.AddLive(services => VenueHost.Source(
    services.GetRequiredService<MeetLoop>(), services.GetRequiredService<SourceHealth>(), TimeProvider.System));
builder.Services.AddHostedService<VenueHost>().AddSingleton<DemoRun>();

var app = builder.Build();
HasOfficeKey hasKey = context => context.Request.Headers.Authorization.ToString() is var sent
    && (sent == "Bearer " + configuration["Office:Key"] || (isDemo && sent == "Bearer " + demo.Key));
var loop = app.Services.GetRequiredService<MeetLoop>();
app.MapOffice(loop, hasKey);
app.MapJournal(app.Services.GetRequiredService<IJournal>(), hasKey);
app.MapReading(loop, app.Services.GetRequiredService<History>(), hasKey);
app.MapLive();
await app.StartAsync();
if (isDemo)
{
    var options = new LiveSkate.Simulator.Play.PlayerOptions
    {
        Server = new Uri(app.Urls.First().Replace("[::]", "localhost").Replace("0.0.0.0", "localhost")), MqttHost = mqtt.Host, MqttPort = mqtt.Port, Venue = mqtt.Venue,
    };
    _ = app.Services.GetRequiredService<DemoRun>().RunAsync(options, app.Lifetime.ApplicationStopping);
}
await app.WaitForShutdownAsync();
