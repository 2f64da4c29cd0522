using CoffeePayment.Statistics;

namespace CoffeePayment.Tests.Api.Fakes;

/// <summary>The methods that the API calls of the grains which look after the whole service.</summary>
public sealed class FakeService
{
    public SweepReport Report { get; set; } = new()
    {
        StartedAt = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
        Pending = 7,
        Overdue = 3,
        Restarted = 2,
        Repaired = 1,
        Unreachable = 4,
        Forgotten = 5,
        Duration = TimeSpan.FromMilliseconds(12.5),
    };

    public SiloFigures[] Figures { get; set; } = [];

    public Dictionary<SiloAddress, SiloStatus> Hosts { get; set; } = [];

    public Task<SweepReport> SweepAsync() => Task.FromResult(Report);

    public Task<SiloFigures[]> GetAsync() => Task.FromResult(Figures);

    public Task<Dictionary<SiloAddress, SiloStatus>> GetHosts(bool onlyActive) => Task.FromResult(Hosts);
}
