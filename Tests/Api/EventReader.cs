using System.Net.ServerSentEvents;

namespace CoffeePayment.Tests.Api;

/// <summary>A client of an event stream: reads line by line, or event by event.</summary>
public sealed class EventReader : IDisposable
{
    private readonly StreamReader _lines;
    private readonly CancellationTokenSource _patience;

    private EventReader(HttpResponseMessage response, Stream stream, CancellationTokenSource patience)
    {
        Response = response;
        _lines = new StreamReader(stream);
        _patience = patience;
    }

    public HttpResponseMessage Response { get; }

    public static async Task<EventReader> OpenAsync(
        HttpClient http, string path, string? lastEventId, TimeSpan patience)
    {
        var cancellation = new CancellationTokenSource(patience);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastEventId is not null) request.Headers.Add("Last-Event-ID", lastEventId);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation.Token);
        return new EventReader(response, await response.Content.ReadAsStreamAsync(cancellation.Token), cancellation);
    }

    /// <summary>The next line that is not empty; null at the end.</summary>
    public async Task<string?> LineAsync()
    {
        while (await _lines.ReadLineAsync(_patience.Token) is { } line)
            if (line.Length > 0) return line;
        return null;
    }

    /// <summary>The next event; null at the end. Comments and hints to come back are passed over.</summary>
    public async Task<SseItem<string>?> NextAsync()
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await _lines.ReadLineAsync(_patience.Token) is { } line)
        {
            if (line.Length == 0 && fields.TryGetValue("data", out var data))
                return new SseItem<string>(data, fields["event"]) { EventId = fields["id"] };

            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            if (colon > 0) fields[line[..colon]] = line[(colon + 2)..];
        }

        return null;
    }

    public void Dispose()
    {
        _lines.Dispose();
        Response.Dispose();
        _patience.Dispose();
    }
}
