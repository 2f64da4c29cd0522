using System.Text;

namespace CoffeePayment.Tests.Observability;

/// <summary>Takes OTLP as protobuf over HTTP, as collectors do, and keeps what comes.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly WebApplication _app;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, StringBuilder> _received = new(StringComparer.Ordinal);
    private readonly List<(string Signal, string Text, TaskCompletionSource<string> Told)> _waiting = [];

    private OtlpReceiver(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single();

    /// <summary>What came as something else than protobuf.</summary>
    public List<string?> OtherTypes { get; } = [];

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var receiver = new OtlpReceiver(app);
        app.MapPost("/v1/{signal}", receiver.TakeAsync);
        await app.StartAsync();
        return receiver;
    }

    /// <summary>
    /// Completes when a request of that signal with the text in it has come; with all of the signal so far. Texts are
    /// in protobuf as they are, so nothing needs to be parsed to find one.
    /// </summary>
    public Task<string> WhenReceivedAsync(string signal, string text)
    {
        var told = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiting.Add((signal, text, told));
            Tell();
        }

        return told.Task.WaitAsync(Patience);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context, string signal)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        lock (_gate)
        {
            if (context.Request.ContentType != "application/x-protobuf") OtherTypes.Add(context.Request.ContentType);
            if (!_received.TryGetValue(signal, out var all)) _received.Add(signal, all = new StringBuilder());
            all.Append(Encoding.UTF8.GetString(body.ToArray()));
            Tell();
        }

        context.Response.ContentType = "application/x-protobuf";
    }

    private void Tell()
    {
        foreach (var (signal, text, told) in _waiting)
        {
            if (_received.TryGetValue(signal, out var all) && all.ToString() is var soFar && soFar.Contains(text))
                told.TrySetResult(soFar);
        }
    }
}
