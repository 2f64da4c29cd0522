using CoffeePayment.Engine.Activations;
using CoffeePayment.Engine.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Dashboard;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Dashboard;

/// <summary>Gathers what the dashboard shows from all silos; there is one in a cluster.</summary>
[Alias("CoffeePayment.Engine.IDashboardGrain")]
internal interface IDashboardGrain : IGrainWithIntegerKey
{
    /// <summary>What the cluster does now: JSON in UTF-8, no older than a sample.</summary>
    /// <exception cref="InvalidOperationException">The silo has no dashboard.</exception>
    Task<byte[]> GetAsync();
}

[GrainType("sys.dashboard"), NoProfiling]
internal sealed class DashboardGrain(IServiceProvider services) : Grain, IDashboardGrain
{
    /// <summary>A silo that is frozen must not keep the page from showing the others.</summary>
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(2);

    private readonly ReminderList _reminders = new(services);
    private byte[]? _last;
    private long _lastAt;

    private Silo Silo => ((Activation)GrainContext).Silo;

    public async Task<byte[]> GetAsync()
    {
        if (services.GetService<SiloProfiler>() is null)
            throw new InvalidOperationException($"AddDashboard has not been called on {Silo}.");

        var options = services.GetRequiredService<IOptions<DashboardOptions>>().Value;
        var interval = TimeSpan.FromMilliseconds(options.CounterUpdateIntervalMs);
        var now = Silo.Time.GetTimestamp();

        // However many look at it, the silos are asked once in an interval.
        if (_last is not null && Silo.Time.GetElapsedTime(_lastAt, now) < interval) return _last;

        var asked = Silo.View.Members.Values
            .Where(entry => entry.Status != SiloStatus.Dead)
            .OrderBy(entry => entry.SiloName, StringComparer.Ordinal)
            .Select(async entry => (entry, await TryAskAsync(entry.SiloAddress)));
        var silos = await Task.WhenAll(asked);
        var view = ClusterFigures.Create(Silo.Cluster, interval, silos, await _reminders.ReadAsync());
        (_last, _lastAt) = (view.ToJson(Silo.Time.GetUtcNow()), now);
        return _last;
    }

    private async Task<SiloFigures?> TryAskAsync(SiloAddress silo)
    {
        try
        {
            return await Silo.Questions.AskAsync<WhichFigures, SiloFigures>(silo, default, AnswerTimeout);
        }
        catch (Exception exception) when (exception is SiloUnavailableException or TimeoutException
            or NotSupportedException)
        {
            // Lost, frozen, or without a dashboard: the page says that it does not answer.
            return null;
        }
    }
}
