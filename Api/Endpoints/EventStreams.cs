using CoffeePayment.Api.Http;
using Microsoft.Extensions.Options;

namespace CoffeePayment.Api.Endpoints;

/// <summary>Runs event streams: so many at once, each until its client or this process goes.</summary>
internal sealed class EventStreams(IOptions<ApiOptions> options, IHostApplicationLifetime lifetime)
{
    private int _open;

    /// <summary>Runs the stream, or says that there are too many.</summary>
    /// <param name="context">The client's request.</param>
    /// <param name="stream">Writes the stream, until it is over or its token is canceled.</param>
    public async Task RunAsync(HttpContext context, Func<CancellationToken, Task> stream)
    {
        // A stopping server waits for requests to end, and these would not.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            if (Interlocked.Increment(ref _open) > options.Value.EventStreamsMax)
                await Problems.WriteAsync(context, Problems.TooManyStreams);
            else
                await stream(stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The client has gone, or this process is going; either way the stream is over, and clients come back.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }
}
