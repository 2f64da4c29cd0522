using Orleans.Configuration;

namespace CoffeePayment.Engine.Calls;

/// <summary>Whoever a request comes from, as the request sees it.</summary>
internal interface ICaller
{
    /// <summary>How its requests travel.</summary>
    ITransport Transport { get; }

    /// <summary>Where it keeps what it waits for; null if that is on another silo.</summary>
    PendingCalls? Pending { get; }

    TimeSpan ResponseTimeout { get; }

    bool CancelsOnTimeout { get; }
}

/// <summary>
/// A side that makes calls (a silo, a client): how its requests travel, and how long it waits for them.
/// </summary>
internal sealed class Caller(ITransport transport, MessagingOptions options, TimeProvider timeProvider)
    : ICaller, IDisposable
{
    public ITransport Transport => transport;

    public TimeSpan ResponseTimeout => options.ResponseTimeout;

    public bool CancelsOnTimeout => options.CancelRequestOnTimeout;

    public PendingCalls Pending { get; } = new(options.ResponseTimeout, timeProvider);

    PendingCalls? ICaller.Pending => Pending;

    public void Dispose() => Pending.Dispose();
}
