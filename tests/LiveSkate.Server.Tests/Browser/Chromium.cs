using Microsoft.Playwright;
using Xunit;

[assembly: AssemblyFixture(typeof(LiveSkate.Server.Tests.Browser.Chromium))]

namespace LiveSkate.Server.Tests.Browser;

/// <summary>Debian's Chromium, started once for all tests that look at pages.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private const string Executable = "/usr/bin/chromium";

    private readonly SemaphoreSlim _once = new(1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>A page in a window of its own. It fails the test where the page reports an error.</summary>
    public async Task<Window> OpenAsync(Uri address, int width = 1280, int height = 720, ColorScheme colours = ColorScheme.Dark)
    {
        var browser = await BrowserAsync();
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = colours,
            Locale = "de-DE",
            // Only the tests put scripts into a page; the page itself keeps to its policy, which PagesTests reads.
            BypassCSP = true,
        });
        var page = await context.NewPageAsync();
        var window = new Window(context, page);
        await page.GotoAsync(address.ToString());
        return window;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        _once.Dispose();
    }

    private async Task<IBrowser> BrowserAsync()
    {
        await _once.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            _playwright ??= await Playwright.CreateAsync();
            return _browser ??= await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = Executable, Args = ["--no-sandbox", "--disable-gpu"],
            });
        }
        finally
        {
            _once.Release();
        }
    }
}
