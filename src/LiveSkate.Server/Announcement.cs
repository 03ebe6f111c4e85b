using LiveSkate.Server.Ingest;

namespace LiveSkate.Server;

/// <summary>What the person at the keyboard is told at the start; everything later goes to the log.</summary>
internal static class Announcement
{
    public static void OfficeKey(string key)
    {
        Console.WriteLine();
        Console.WriteLine("  The office's key, shown this once:");
        Console.WriteLine($"    {key}");
        Console.WriteLine("  Whoever has it may write. It is kept only as a hash; Office:Key sets another.");
        Console.WriteLine();
    }

    public static void Addresses(IEnumerable<string> urls, Settings settings)
    {
        var web = urls.First().TrimEnd('/');
        Console.WriteLine();
        Console.WriteLine($"  Scoreboard   {web}/scoreboard/");
        Console.WriteLine($"  Commentator  {web}/commentator/");
        Console.WriteLine($"  Phones       {web}/m/");
        Console.WriteLine(settings.Mqtt.Mode == MqttMode.Embedded
            ? $"  MQTT         {settings.Mqtt.Host}:{settings.Mqtt.Port}, topics ls/v1/{settings.Mqtt.Venue}/"
            : $"  MQTT         the broker at {settings.Mqtt.Host}:{settings.Mqtt.Port}, topics ls/v1/{settings.Mqtt.Venue}/");
        Console.WriteLine($"  Journal      {Path.GetFullPath(settings.Journal.Path)}");
        Console.WriteLine("  Stop with Ctrl+C.");
        Console.WriteLine();
    }
}
