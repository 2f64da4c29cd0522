using CoffeePayment.Sandbox.Faults;
using CoffeePayment.Sandbox.Machine;
using CoffeePayment.Sandbox.Payments;
using CoffeePayment.Sandbox.Traffic;

namespace CoffeePayment.Sandbox;

/// <summary>
/// All that a sandbox knows. To reset it is to take a new one: requests still under way end in the old one and
/// leave no trace.
/// </summary>
internal sealed class World
{
    private readonly TimeProvider _clock;
    private volatile ProviderTraffic _traffic;

    public World(SandboxOptions options)
    {
        _clock = options.TimeProvider;
        _traffic = new ProviderTraffic(_clock);
        Chance = new Chance(options.Seed);
        Payments = new PaymentBook(options, Chance);
        Faults = new FaultBoard(options);
    }

    public Chance Chance { get; }

    public PaymentBook Payments { get; }

    public IdempotenceKeys Keys { get; } = new();

    public FaultBoard Faults { get; }

    public MakeLog Makes { get; } = new();

    public ProviderTraffic Traffic => _traffic;

    public void CountAnew() => _traffic = new ProviderTraffic(_clock);
}

/// <summary>Holds the world of now.</summary>
internal sealed class Worlds(SandboxOptions options)
{
    private volatile World _current = new(options);

    public World Current => _current;

    public void Reset() => _current = new World(options);
}
