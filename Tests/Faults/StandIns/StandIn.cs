namespace CoffeePayment.Tests.Faults.StandIns;

/// <summary>A server that plays somebody outside; its address stays when it does not listen.</summary>
internal abstract class StandIn : IAsyncDisposable
{
    private WebApplication? _app;

    public Uri Url { get; private set; } = null!;

    public Task StartAsync() => ListenAsync("http://127.0.0.1:0");

    /// <summary>Refuses connections and breaks those that are there.</summary>
    public async Task StopListeningAsync()
    {
        // Whoever is kept waiting for an answer is not waited for.
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        if (_app is { } app)
        {
            _app = null;
            await app.StopAsync(now.Token);
            await app.DisposeAsync();
        }
    }

    public Task ListenAgainAsync() => ListenAsync(Url.ToString());

    public async ValueTask DisposeAsync() => await StopListeningAsync();

    protected abstract Task AnswerAsync(HttpContext context);

    private async Task ListenAsync(string url)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url.TrimEnd('/'));
        _app = builder.Build();
        _app.Run(AnswerAsync);
        await _app.StartAsync();
        Url = new Uri(_app.Urls.Single() + "/");
    }
}
