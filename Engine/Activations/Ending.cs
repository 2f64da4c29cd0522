using CoffeePayment.Engine.Hosting;
using Orleans;

namespace CoffeePayment.Engine.Activations;

/// <summary>What an activation needs to know only while it ends.</summary>
internal sealed class Ending(DeactivationReason reason, Silo silo) : IDisposable
{
    private readonly CancellationTokenSource _timeout = new(silo.Collection.DeactivationTimeout, silo.Clock.Provider);
    private bool _isFinishing;

    public DeactivationReason Reason { get; } = reason;

    /// <summary>Cancelled when the time for running calls and the hook is over.</summary>
    public CancellationToken Token => _timeout.Token;

    public void OnTimeout(Action action) => Token.UnsafeRegister(static action => ((Action)action!)(), action);

    /// <summary>True once.</summary>
    public bool TryFinish() => !_isFinishing && (_isFinishing = true);

    public void Dispose() => _timeout.Dispose();
}
