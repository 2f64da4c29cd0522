using Orleans.Dashboard;

namespace CoffeePayment.Tests.Engine.Internals.Dashboard;

[Alias("CoffeePayment.Tests.IWatchedGrain")]
public interface IWatchedGrain : IGrainWithStringKey
{
    Task WorkAsync();

    /// <summary>Lasts until the gate of the grain's key opens.</summary>
    Task WaitAsync();

    Task FailAsync();

    [Alias("CountedNever")]
    Task CountedNeverAsync();

    Task StartTimerAsync(TimeSpan period);
}

[GrainType("watched")]
public sealed class WatchedGrain(Probe probe) : Grain, IWatchedGrain
{
    public Task WorkAsync() => Task.CompletedTask;

    public Task WaitAsync()
    {
        probe.Report(this.GetPrimaryKeyString(), "waits");
        return probe.PassAsync(this.GetPrimaryKeyString());
    }

    public Task FailAsync() => throw new InvalidOperationException("It cannot be done.");

    [NoProfiling]
    public Task CountedNeverAsync() => Task.CompletedTask;

    public Task StartTimerAsync(TimeSpan period)
    {
        this.RegisterGrainTimer(
            () =>
            {
                probe.Report(this.GetPrimaryKeyString(), "ticked");
                return Task.CompletedTask;
            },
            period,
            period);
        return Task.CompletedTask;
    }
}

[Alias("CoffeePayment.Tests.IUnwatchedGrain")]
public interface IUnwatchedGrain : IGrainWithStringKey
{
    Task WorkAsync();
}

[GrainType("unwatched"), NoProfiling]
public sealed class UnwatchedGrain : Grain, IUnwatchedGrain
{
    public Task WorkAsync() => Task.CompletedTask;
}
