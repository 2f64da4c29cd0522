using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace CoffeePayment.Tests.Engine;

/// <summary>Something to inject, more than one of a kind.</summary>
public sealed record Flavour(string Name);

[Alias("conformance.IInjectedGrain")]
public interface IInjectedGrain : IGrainWithStringKey
{
    /// <summary>What the constructor was given, as text.</summary>
    [Alias("GetInjected")]
    Task<string> GetInjectedAsync();
}

[Alias("conformance.IClockGrain")]
public interface IClockGrain : IGrainWithStringKey
{
    [Alias("GetTime")]
    Task<DateTimeOffset> GetTimeAsync();
}

[Alias("conformance.ILastingGrain")]
public interface ILastingGrain : IGrainWithStringKey
{
    [Alias("Touch")]
    Task TouchAsync();
}

/// <summary>Activated by the tests that count it, and by no others.</summary>
[Alias("conformance.ICountedGrain")]
public interface ICountedGrain : IGrainWithStringKey
{
    [Alias("Touch")]
    Task TouchAsync();
}

public sealed class InjectedGrain(
    [FromKeyedServices("left")] Flavour left,
    [FromKeyedServices("right")] Flavour right,
    IGrainFactory grains,
    IGrainContext context,
    IOptions<ClusterOptions> options)
    : Grain, IInjectedGrain
{
    public Task<string> GetInjectedAsync()
    {
        var self = grains.GetGrain<IInjectedGrain>(this.GetPrimaryKeyString());
        var isSelf = self.GetGrainId() == context.GrainId && ReferenceEquals(context, GrainContext);
        return Task.FromResult($"{left.Name} {right.Name} {isSelf} {options.Value.ServiceId}");
    }
}

public sealed class ClockGrain([FromKeyedServices(TimeProviderNames.Grains)] TimeProvider clock) : Grain, IClockGrain
{
    public Task<DateTimeOffset> GetTimeAsync() => Task.FromResult(clock.GetUtcNow());
}

/// <summary>Reports why it ends, under "lasting".</summary>
public sealed class LastingGrain(Probe probe) : Grain, ILastingGrain
{
    public Task TouchAsync() => Task.CompletedTask;

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await Task.Yield();
        probe.Report("lasting", reason.ReasonCode.ToString());
    }
}

public sealed class CountedGrain : Grain, ICountedGrain
{
    public Task TouchAsync() => Task.CompletedTask;
}
