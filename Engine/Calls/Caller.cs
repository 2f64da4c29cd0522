using Orleans.Configuration;

namespace CoffeePayment.Engine.Calls;

/// <summary>
/// A side that makes calls (a silo, a client): how its requests travel, and how long it waits for them.
/// </summary>
internal sealed class Caller(ITransport transport, MessagingOptions options, TimeProvider timeProvider) : IDisposable
{
    public ITransport Transport => transport;

    public TimeSpan ResponseTimeout => options.ResponseTimeout;

    public bool CancelsOnTimeout => options.CancelRequestOnTimeout;

    public PendingCalls Pending { get; } = new(options.ResponseTimeout, timeProvider);

    public void Dispose() => Pending.Dispose();
}
