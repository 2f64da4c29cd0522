namespace CoffeePayment.Engine.Activations;

/// <summary>
/// What an activation carries out from beginning to end, one at a time unless interleaved: a request, or a timer's
/// tick.
/// </summary>
internal abstract class Turn
{
    /// <summary>May run between the awaits of any other turn.</summary>
    public abstract bool Interleaves { get; }

    /// <summary>May run between the awaits of other read-only turns.</summary>
    public abstract bool IsReadOnly { get; }

    /// <summary>Counts as use: the activation does not get idle by it.</summary>
    public abstract bool KeepsAlive { get; }

    /// <summary>
    /// Is meant for this activation and no other. It may run while a deactivation waits for what runs to end, which may
    /// be waiting for it; not before a call that came earlier, which runs no more (as with the official runtime).
    /// </summary>
    public abstract bool IsLocalOnly { get; }

    /// <summary>Carries it out; calls <see cref="Activation.Ended"/> when done. Throws nothing.</summary>
    public abstract void Run(Activation activation);

    /// <summary>The activation will not carry it out, and no other one shall.</summary>
    public abstract void Reject(Exception reason);

    /// <summary>The activation is gone: finds another one, or nothing if it was meant for this one only.</summary>
    public abstract void Forward();
}
