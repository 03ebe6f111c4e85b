namespace LiveSkate.Server.Ops;

/// <summary>The words after the program's name.</summary>
public static class StartArguments
{
    private const string Allowed = "the word demo first, then settings as --Group:Key=value, such as --Mqtt:Port=1884 or --Demo:Speed=max";

    private static readonly string[] Groups =
        ["Urls", "Mqtt", "Journal", "Office", "Demo", "Logging", "AllowedHosts", "Kestrel", "environment", "contentRoot", "applicationName", "http_ports", "https_ports"];

    /// <summary>As ASP.NET Core's configuration reads them: <c>demo</c> becomes the setting that it stands for.</summary>
    /// <exception cref="SettingsException">A word that would be passed over in silence.</exception>
    public static string[] Read(string[] arguments)
    {
        var isDemo = arguments is ["demo", ..];
        var settings = isDemo ? arguments[1..] : arguments;
        for (var next = 0; next < settings.Length; next++)
        {
            var word = settings[next];
            var isSwitch = word.StartsWith("--", StringComparison.Ordinal) || word.StartsWith('/');
            var key = word.TrimStart('-', '/').Split('=', 2)[0];
            if (!Groups.Contains(key.Split(':', 2)[0], StringComparer.OrdinalIgnoreCase) || (!isSwitch && !word.Contains('=')))
                throw new SettingsException("The command line", word, "there is no such setting", Allowed);
            if (!word.Contains('=') && ++next == settings.Length)
                throw new SettingsException("The command line", word, "it has no value", Allowed);
        }
        return isDemo ? ["--Demo:Enabled=true", .. settings] : settings;
    }
}
