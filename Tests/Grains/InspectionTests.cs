using CoffeePayment.Ports;

namespace CoffeePayment.Tests.Grains;

/// <summary>What operators see of the work, on a real silo.</summary>
public sealed class InspectionTests
{
    [Fact]
    public async Task ReadSchedule_OrdersDueAndNotYetDue_AreToldApartWithoutWakingAny()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        var now = cluster.Time.GetUtcNow();
        await cluster.Stores.Indexes.ScheduleAsync("due-before", now.AddMilliseconds(-1));
        await cluster.Stores.Indexes.ScheduleAsync("due-now", now);
        await cluster.Stores.Indexes.ScheduleAsync("due-later", now.AddHours(6));
        var directory = cluster.Grains.GetGrain<IOrderDirectoryGrain>(0);

        var due = await directory.ReadScheduleAsync(SchedulePart.Due, after: null, 10);
        var upcoming = await directory.ReadScheduleAsync(SchedulePart.Upcoming, after: null, 1);
        var rest = await directory.ReadScheduleAsync(SchedulePart.Upcoming, upcoming.Next, 1);

        Assert.Equal([new DueEntry("due-before", now.AddMilliseconds(-1))], due.Entries);
        Assert.Equal([new DueEntry("due-now", now)], upcoming.Entries);
        Assert.Equal([new DueEntry("due-later", now.AddHours(6))], rest.Entries);
        Assert.Equal((null, null), (due.Next, rest.Next));
        Assert.Equal((now, 3), (due.ReadAt, due.Scheduled));
        var counts = await cluster.Grains.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics();
        Assert.DoesNotContain(counts, count => count.GrainType.Contains("PendingPayment", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Describe_AfterTheStartAndASweep_TellsTheReminderAndTheLastSweep()
    {
        await using var cluster = await PaymentCluster.StartAsync(
            configure: options => options.SlowTrackInterval = TimeSpan.FromSeconds(90));

        var before = await cluster.Sweeper.DescribeAsync();
        await cluster.Sweeper.StartAsync();
        var report = await cluster.Sweeper.SweepAsync();
        var after = await cluster.Sweeper.DescribeAsync();

        Assert.Equal((false, null), (before.IsSweepReminderThere, before.LastSweep));
        Assert.Equal((true, "sweep"), (after.IsSweepReminderThere, after.SweepReminder));
        Assert.Equal(report.StartedAt, after.LastSweep!.StartedAt);
        Assert.Equal(TimeSpan.FromSeconds(90), after.SlowTrackInterval);
    }
}
