using System.Collections.Immutable;
using LiveSkate.Server.Demo;
using LiveSkate.Server.Ingest;
using LiveSkate.Server.Journal;
using LiveSkate.Server.Ops;

namespace LiveSkate.Server;

/// <summary>Everything that can be set (contract section 1), read once at the start and checked.</summary>
/// <param name="Urls">Where the web is served, separated by semicolons.</param>
public sealed record Settings(string Urls, MqttSettings Mqtt, JournalSettings Journal, OfficeSettings Office, DemoSwitch Demo)
{
    /// <exception cref="SettingsException">The first value that cannot be used, or a key that does not exist.</exception>
    public static Settings Read(IConfiguration configuration) => new(
        UrlsIn(new SettingsReader(configuration, "")),
        MqttIn(new SettingsReader(configuration, "Mqtt", "Mode", "Host", "Port", "Username", "Password", "Tls", "Gateways", "Venue")),
        JournalIn(new SettingsReader(configuration, "Journal", "Path", "AcceptDamage")),
        new OfficeSettings(KeyIn(new SettingsReader(configuration, "Office", "Key"))),
        DemoIn(new SettingsReader(configuration, "Demo", "Enabled", "Speed", "Meet")));

    private static string UrlsIn(SettingsReader root)
    {
        const string Allowed = "http:// or https:// addresses separated by semicolons, such as http://localhost:5080 or http://*:80, without a path; port 0 (any that is free) only with 127.0.0.1 or [::1]";
        var urls = root.Text("Urls") ?? "http://localhost:5080";
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (WhatIsWrongWith(url) is { } wrong)
                throw new SettingsException("Urls", urls, wrong, Allowed);
        }
        return urls;
    }

    private static string? WhatIsWrongWith(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address switch
            {
                { Scheme: not ("http" or "https") } => $"{url} is no http or https address",
                { PathBase.Length: > 0 } => $"{url} has a path",
                { IsUnixPipe: true } or { IsNamedPipe: true } => null,
                { Port: < 0 or > 65535 } => $"{url} has no port between 0 and 65535",
                { Port: 0, Host: "localhost" } => $"{url} leaves the port to the system, which localhost cannot",
                _ => null,
            };
        }
        catch (FormatException)
        {
            return $"{url} is no address";
        }
    }

    private static MqttSettings MqttIn(SettingsReader mqtt)
    {
        var username = mqtt.Text("Username");
        var password = mqtt.Text("Password");
        if (password is not null && username is null)
            throw new SettingsException("Mqtt:Password", "not shown", "it is given without a name", "a password only together with Mqtt:Username");
        return new MqttSettings(
            mqtt.OneOf("Mode", MqttMode.Embedded),
            mqtt.Text("Host") ?? "localhost",
            (int)mqtt.Whole("Port", 1, 65535, 1883),
            username,
            password,
            mqtt.YesOrNo("Tls"),
            GatewaysIn(mqtt),
            mqtt.Id("Venue", "venue"));
    }

    private static ImmutableArray<GatewaySettings> GatewaysIn(SettingsReader mqtt)
    {
        var gateways = mqtt.Groups("Gateways", "Name", "PasswordHash", "Sources").Select(gateway =>
        {
            var name = gateway.Text("Name") ?? throw gateway.Wrong("Name", "a gateway needs one", "the MQTT user name of the gateway");
            var hash = gateway.Text("PasswordHash");
            if (hash is null || PasswordHash.TryParse(hash) is null)
                throw new SettingsException(gateway.Path("PasswordHash"), hash is null ? "missing" : "not shown", "it is no password hash", PasswordHash.Form);
            return new GatewaySettings(name, hash, gateway.Ids("Sources", "*"));
        }).ToImmutableArray();
        if (gateways.GroupBy(gateway => gateway.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new SettingsException("Mqtt:Gateways", twice.Key, "two gateways have this name", "a name of its own for each gateway");
        return gateways;
    }

    private static JournalSettings JournalIn(SettingsReader journal)
    {
        var path = journal.Text("Path") ?? ".data/liveskate.db";
        if (Path.EndsInDirectorySeparator(path) || Directory.Exists(path))
            throw journal.Wrong("Path", "it is a folder", "a file that this user may write");
        return new JournalSettings(path, journal.Text("AcceptDamage") is null ? null : journal.Whole("AcceptDamage", 1, long.MaxValue, 1));
    }

    private static string? KeyIn(SettingsReader office)
    {
        var key = office.Text("Key");
        if (key is not null && (key.Length > 256 || key.Any(letter => letter is <= ' ' or > '~')))
            throw new SettingsException("Office:Key", "not shown", "it does not fit into a header", "1 to 256 ASCII characters without blanks; none: one is made and printed once");
        return key;
    }

    private static DemoSwitch DemoIn(SettingsReader demo)
    {
        var speed = demo.Text("Speed");
        return new DemoSwitch(
            demo.YesOrNo("Enabled"),
            string.Equals(speed, "max", StringComparison.OrdinalIgnoreCase) ? null : demo.Factor("Speed", 1000, "or max", 20),
            MeetOf(demo.Text("Meet")));
    }

    private static string MeetOf(string? meet) =>
        meet is null ? DemoRun.Meet
        : DemoRun.Meets.Contains(meet) ? meet
        : throw new SettingsException("Demo:Meet", meet, "there is no such meet inside", string.Join(" or ", DemoRun.Meets));
}

/// <param name="Key">The office's key, where it is set and not made.</param>
public sealed record OfficeSettings(string? Key);

/// <param name="Enabled">Run a meet that is carried inside.</param>
/// <param name="Speed">How much faster than it was; null: as fast as it goes.</param>
/// <param name="Meet">Which.</param>
public sealed record DemoSwitch(bool Enabled, decimal? Speed, string Meet);
