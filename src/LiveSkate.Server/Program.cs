using LiveSkate.Server;
using LiveSkate.Server.Ingest;
using LiveSkate.Server.Journal;
using LiveSkate.Server.Office;

var builder = WebApplication.CreateBuilder(args);
var mqtt = new MqttSettings(MqttMode.Embedded, "localhost", builder.Configuration.GetValue("Mqtt:Port", 1883), null, null, false, [], "venue");
var app = builder.Build();
using var journal = new SqliteJournal(new JournalSettings(builder.Configuration["Journal:Path"]!), TimeProvider.System, app.Services.GetRequiredService<ILogger<SqliteJournal>>());
await using var loop = new MeetLoop(journal, TimeProvider.System, app.Services.GetRequiredService<ILogger<MeetLoop>>());
loop.Start();
await using var broker = new EmbeddedBroker(mqtt, loop.RecordAsync, app.Services.GetRequiredService<ILogger<EmbeddedBroker>>());
await broker.StartAsync(default);
HasOfficeKey hasKey = context => context.Request.Headers.Authorization == "Bearer " + app.Configuration["Office:Key"];
app.MapOffice(loop, hasKey);
app.MapReading(loop, journal, new History(loop, journal), hasKey);
await app.RunAsync();
