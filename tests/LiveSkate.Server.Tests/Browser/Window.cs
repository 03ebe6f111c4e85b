using System.Collections.Concurrent;
using Microsoft.Playwright;
using Xunit;

namespace LiveSkate.Server.Tests.Browser;

/// <summary>One page that is looked at.</summary>
public sealed class Window : IAsyncDisposable
{
    /// <summary>A busy machine draws late; what is wrong stays wrong.</summary>
    public const float PatienceMs = 60_000;

    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _errors = new();

    public Window(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.SetDefaultTimeout(PatienceMs);
        page.PageError += (_, error) => _errors.Enqueue(error);
        page.Console += (_, message) =>
        {
            // A server that is away is not the page's fault, and Chromium says so by itself.
            if (message.Type == "error" && !message.Text.Contains("net::ERR_", StringComparison.Ordinal) && !message.Text.Contains("WebSocket", StringComparison.Ordinal))
                _errors.Enqueue(message.Text);
        };
    }

    public IPage Page { get; }

    /// <summary>Waits until the page's body says so, as in <c>data-state="running"</c>.</summary>
    public Task UntilAsync(string attribute, string value) =>
        Page.WaitForSelectorAsync($"body[data-{attribute}=\"{value}\"]", new PageWaitForSelectorOptions { State = WaitForSelectorState.Attached });

    public Task UntilAsync(string condition) => Page.WaitForFunctionAsync(condition);

    public async Task<string> BodyAsync(string attribute) => await Page.GetAttributeAsync("body", $"data-{attribute}") ?? "";

    /// <summary>What a person reads, in one line; without what only a screen reader says.</summary>
    public Task<string> TextAsync() => Page.EvaluateAsync<string>("document.body.innerText.replace(/\\s+/g, ' ')");

    /// <summary>Bibs and what stands beside them, line by line.</summary>
    public Task<string[]> RowsAsync(string within = "body") =>
        Page.EvaluateAsync<string[]>("within => [...document.querySelectorAll(within + ' [data-rank]')].map(r => `${r.dataset.rank}|${r.dataset.bib}|${r.querySelector('.result, td.time')?.firstChild?.textContent ?? ''}`)", within);

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Assert.Empty(_errors);
    }
}
