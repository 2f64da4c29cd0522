using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace CoffeePayment.Tests.WebConsole;

/// <summary>One visitor's page, and whatever went wrong on it.</summary>
public sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _faults = new();

    public Visit(IBrowserContext context, IPage page, Uri service)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            // A browser calls every answer that is no success an error; the tests look at those themselves.
            if (message.Type is "error" or "warning"
                && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
                _faults.Enqueue($"{message.Type}: {message.Text}");
        };
        page.PageError += (_, error) => _faults.Enqueue($"exception: {error}");
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(service.ToString(), StringComparison.Ordinal))
                _faults.Enqueue($"another host: {request.Url}");
        };
    }

    public IPage Page { get; }

    /// <summary>Nothing failed, and nothing was asked of another host.</summary>
    public void AssertClean() => Assert.Empty(_faults);

    /// <summary>Opens a place within the console.</summary>
    public Task GoAsync(string place) => Page.GotoAsync($"/#/{place}");

    public ILocator Button(string name) =>
        Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = true });

    public ILocator Heading(string name) =>
        Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = name, Exact = true });

    /// <summary>The order's line in a list.</summary>
    public ILocator Row(string orderId) => Page.Locator($"tr[data-key='{orderId}']");

    public ILocator Dialog => Page.GetByRole(AriaRole.Dialog);

    /// <summary>Where the order on its page stands.</summary>
    public ILocator Standing => Page.Locator(".standing");

    public ILocator Timeline => Page.Locator(".timeline");

    /// <summary>Whether something has to be scrolled sideways to be read.</summary>
    public Task<bool> ScrollsSidewaysAsync() => Page.EvaluateAsync<bool>(
        "() => document.documentElement.scrollWidth > document.documentElement.clientWidth");

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
