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

    public SiloHistory[] History { get; set; } = [];

    /// <summary>How often somebody asked for the figures.</summary>
    public int Asked { get; private set; }

    public Dictionary<SiloAddress, SiloStatus> Hosts { get; set; } = [];

    public WorkPlan Plan { get; set; } = new()
    {
        SweepReminder = "sweep",
        IsSweepReminderThere = true,
        SweepPeriod = TimeSpan.FromSeconds(10),
        LastSweep = null,
        FastTrackInterval = TimeSpan.FromSeconds(5),
        FastTrackLimit = TimeSpan.FromSeconds(300),
        SlowTrackInterval = TimeSpan.FromSeconds(60),
        LateChecks = [TimeSpan.FromMinutes(5), TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromHours(24)],
        Retention = TimeSpan.FromDays(30),
    };

    public SimpleGrainStatistic[] Grains { get; set; } = [];

    public Task<WorkPlan> DescribeAsync() => Task.FromResult(Plan);

    public Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics() => Task.FromResult(Grains);

    public Task<SweepReport> SweepAsync() => Task.FromResult(Report);

    public Task<SiloFigures[]> GetAsync()
    {
        Asked++;
        return Task.FromResult(Figures);
    }

    public Task<SiloHistory[]> GetHistoryAsync(DateTimeOffset? after) => Task.FromResult(History
        .Select(history => history with
        {
            Points = history.Points.Where(point => after is null || point.At > after).ToArray(),
        })
        .ToArray());

    public Task<Dictionary<SiloAddress, SiloStatus>> GetHosts(bool onlyActive) => Task.FromResult(Hosts);
}
