using CoffeePayment.Sandbox.Payments;

namespace CoffeePayment.Sandbox.Faults;

/// <summary>How well a target answers. Rates are from 0 to 1; hanging comes before failing.</summary>
internal sealed record FaultSettings
{
    public TimeSpan Latency { get; init; }

    public double ErrorRate { get; init; }

    public int HttpStatus { get; init; } = StatusCodes.Status500InternalServerError;

    public int RetryAfterMs { get; init; } = 1000;

    public double HangRate { get; init; }

    public Verdict Draw(Chance chance)
    {
        if (chance.Hits(HangRate))
            return Verdict.Hang;
        return chance.Hits(ErrorRate) ? Verdict.Error : Verdict.Answer;
    }
}

/// <summary>What happens to one request.</summary>
internal enum Verdict
{
    Answer,
    Error,
    Hang,
}

/// <summary>The settings in force for each target.</summary>
internal sealed class FaultBoard(SandboxOptions options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, FaultSettings> _devices = new(StringComparer.Ordinal);
    private volatile FaultSettings _provider = new() { Latency = options.ProviderLatency };
    private volatile FaultSettings _machine = new() { Latency = options.MachineLatency };

    public FaultSettings Provider => _provider;

    /// <summary>The settings of one machine: its own if it has been given some, else those of all machines.</summary>
    public FaultSettings Machine(string deviceId)
    {
        lock (_lock)
            return _devices.GetValueOrDefault(deviceId) ?? _machine;
    }

    public void Change(FaultTarget target, Func<FaultSettings, FaultSettings> change)
    {
        lock (_lock)
        {
            if (!target.IsMachine)
                _provider = change(_provider);
            else if (target.DeviceId is null)
                _machine = change(_machine);
            else
                _devices[target.DeviceId] = change(_devices.GetValueOrDefault(target.DeviceId) ?? _machine);
        }
    }

    public void Reset()
    {
        lock (_lock)
        {
            _provider = new() { Latency = options.ProviderLatency };
            _machine = new() { Latency = options.MachineLatency };
            _devices.Clear();
        }
    }

    public FaultsView View()
    {
        lock (_lock)
        {
            return new FaultsView(
                FaultView.Of(_provider),
                FaultView.Of(_machine),
                _devices.ToDictionary(own => own.Key, own => FaultView.Of(own.Value), StringComparer.Ordinal));
        }
    }
}

/// <summary>Whose settings are meant.</summary>
/// <param name="DeviceId">One machine; null: all of them that have no settings of their own.</param>
internal readonly record struct FaultTarget(bool IsMachine, string? DeviceId);

/// <summary>What <c>GET /sandbox/faults</c> answers.</summary>
internal sealed record FaultsView(FaultView Provider, FaultView Machine, Dictionary<string, FaultView> Devices);

internal sealed record FaultView(double LatencyMs, double ErrorRate, int HttpStatus, int RetryAfterMs, double HangRate)
{
    public static FaultView Of(FaultSettings settings) => new(
        settings.Latency.TotalMilliseconds,
        settings.ErrorRate,
        settings.HttpStatus,
        settings.RetryAfterMs,
        settings.HangRate);
}
