namespace CoffeePayment.Sandbox.Http;

/// <summary>Leaves requests without an answer.</summary>
internal sealed class Hanging(TimeProvider clock, CancellationToken stopping)
{
    /// <summary>Waits until the client gives up, or the sandbox stops; then closes the connection.</summary>
    public async Task HangAsync(HttpContext context)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        await Task.Delay(Timeout.InfiniteTimeSpan, clock, either.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        context.Abort();
    }
}
