using System.Globalization;
using CoffeePayment.Api.Contracts;

namespace CoffeePayment.Api.Endpoints;

/// <summary>Puts into words what the service does by itself.</summary>
internal static class JobsBuilder
{
    private const string Timer = "timer";
    private const string Reminder = "reminder";
    private const string WithinSweep = "sweep";

    // Other grains are the runtime's own.
    private const string OwnNamespace = "CoffeePayment.Grains.";

    public static JobsResponse Build(WorkPlan plan, IEnumerable<SimpleGrainStatistic> active) => new()
    {
        Jobs = [.. JobsOf(plan)],
        Reminders =
        [
            new()
            {
                Name = plan.SweepReminder,
                PeriodS = plan.SweepPeriod.TotalSeconds,
                IsThere = plan.IsSweepReminderThere,
            },
        ],
        Grains =
        [
            .. active.Where(grain => grain.GrainType.StartsWith(OwnNamespace, StringComparison.Ordinal))
                .GroupBy(grain => NameOf(grain.GrainType), StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new GrainTypeResponse
                {
                    Name = group.Key,
                    Silos = group.Select(grain => grain.SiloAddress).Distinct().Count(),
                    Activations = group.Sum(grain => (long)grain.ActivationCount),
                }),
        ],
    };

    private static IEnumerable<JobResponse> JobsOf(WorkPlan plan)
    {
        var sweptAt = plan.LastSweep?.StartedAt.ToUniversalTime();
        yield return Periodic(
            "fast_check", Timer, plan.FastTrackInterval,
            $"every {Text(plan.FastTrackInterval)} for each order whose payment is at most "
                + $"{Text(plan.FastTrackLimit)} old");
        yield return Periodic(
            "slow_check", Timer, plan.SlowTrackInterval,
            $"every {Text(plan.SlowTrackInterval)} for each order whose payment is older");
        yield return new JobResponse
        {
            Name = "late_check",
            DrivenBy = WithinSweep,
            Schedule = plan.LateChecks.Length == 0
                ? "never"
                : $"{string.Join(", ", plan.LateChecks.Select(Text))} after an order was given up",
            PeriodS = null,
            LastAt = null,
        };
        yield return Periodic(
            "sweep", Reminder, plan.SweepPeriod,
            $"every {Text(plan.SweepPeriod)}: restarts orders whose check is overdue")
            with
        { LastAt = sweptAt };
        yield return new JobResponse
        {
            Name = "retention",
            DrivenBy = WithinSweep,
            Schedule = $"deletes orders that have been done for {Text(plan.Retention)}",
            PeriodS = plan.SweepPeriod.TotalSeconds,
            LastAt = sweptAt,
        };
        yield return new JobResponse
        {
            Name = "takeover",
            DrivenBy = "event",
            Schedule = "when a silo is declared dead: restarts the orders that it held",
            PeriodS = null,
            LastAt = null,
        };
    }

    private static JobResponse Periodic(string name, string drivenBy, TimeSpan period, string schedule) => new()
    {
        Name = name,
        DrivenBy = drivenBy,
        Schedule = schedule,
        PeriodS = period.TotalSeconds,
        LastAt = null,
    };

    // Whole days, hours or minutes where it is so: people set them like that.
    private static string Text(TimeSpan time) => time switch
    {
        _ when time >= TimeSpan.FromDays(2) && time.Ticks % TimeSpan.TicksPerDay == 0 => Text(time.TotalDays, "d"),
        _ when time >= TimeSpan.FromHours(1) && time.Ticks % TimeSpan.TicksPerHour == 0 => Text(time.TotalHours, "h"),
        _ when time >= TimeSpan.FromMinutes(5) && time.Ticks % TimeSpan.TicksPerMinute == 0 =>
            Text(time.TotalMinutes, "min"),
        _ => Text(time.TotalSeconds, "s"),
    };

    private static string Text(double number, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:0.###} {unit}");

    // The runtime gives the full name of the class, with or without its assembly.
    private static string NameOf(string grainType) => grainType.Split(',')[0].Split('.')[^1];
}
