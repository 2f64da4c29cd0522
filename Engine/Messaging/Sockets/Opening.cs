namespace CoffeePayment.Engine.Messaging;

/// <summary>
/// The time in which a connection must get as far as messages: it travels with the connection through the pipeline.
/// </summary>
internal sealed class Opening : IDisposable
{
    private readonly CancellationTokenSource _timeout;
    private readonly CancellationTokenSource _either;
    private CancellationTokenRegistration _abort;

    public Opening(TimeSpan timeout, TimeProvider time, CancellationToken givenUp)
    {
        _timeout = new CancellationTokenSource(timeout, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_timeout.Token, givenUp);
        Token = _either.Token;
    }

    public CancellationToken Token { get; }

    /// <summary>Who connects; null for a connection that others made.</summary>
    public Peer? Peer { get; init; }

    /// <summary>Middleware may wait without a token: aborting the connection ends that too.</summary>
    public void OnTimeout(Action abort) => _abort = Token.Register(abort);

    /// <summary>Stops the clock; false when the time was up before.</summary>
    public bool TryComplete()
    {
        _abort.Dispose();
        _timeout.CancelAfter(Timeout.InfiniteTimeSpan);
        return !Token.IsCancellationRequested;
    }

    public void Dispose()
    {
        _abort.Dispose();
        _either.Dispose();
        _timeout.Dispose();
    }
}
