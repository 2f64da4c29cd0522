using System.Diagnostics;
using CoffeePayment.Orders;
using CoffeePayment.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CoffeePayment.Grains.Sweeping;

/// <summary>
/// Reads what is overdue and makes sure that somebody looks after it. A sweep costs the number of orphans, not the
/// number of pending orders.
/// </summary>
[GrainType("orphansweeper")]
public sealed partial class OrphanSweeperGrain(
    IPendingPaymentIndex pending,
    IOrderStatusIndex statuses,
    IOptions<PaymentOptions> payment,
    IOptions<SweeperOptions> sweeper,
    SweepInstruments instruments,
    [FromKeyedServices(TimeProviderNames.Grains)] TimeProvider time,
    ILoggerFactory loggers) : Grain, IOrphanSweeperGrain, IRemindable
{
    /// <summary>The reminder that drives the sweeps.</summary>
    public const string ReminderName = "sweep";

    /// <summary>The log category of sweeps; the name that the operators' tools already look for.</summary>
    public const string LogCategory = "check_pending_payments";

    /// <summary>The name of the source of the sweeps' spans.</summary>
    public const string TraceSourceName = "CoffeePayment.Sweeps";

    /// <summary>
    /// How many dead silos are remembered; those that ask for one do so within seconds of each other.
    /// </summary>
    private const int TakenOverMax = 100;

    /// <summary>Statuses whose orders are done and may be past their retention.</summary>
    private static readonly OrderStatus[] Forgettable =
        [.. Enum.GetValues<OrderStatus>().Except([OrderStatus.Pending, OrderStatus.Paid])];

    private static readonly ActivitySource Traces = new(TraceSourceName);

    private readonly ILogger _logger = loggers.CreateLogger(LogCategory);
    private readonly PaymentOptions _payment = payment.Value;
    private readonly SweeperOptions _sweeper = sweeper.Value;

    /// <summary>Where the walk through done orders for retention goes on: the status, and the entry in it.</summary>
    private (int Status, StatusEntry? After) _forgetFrom;

    /// <summary>The dead silos that were taken over last.</summary>
    private readonly List<string> _takenOver = [];

    /// <summary>Until then sweeps have no grace: what is overdue may be a dead silo's.</summary>
    private DateTimeOffset _noGraceUntil = DateTimeOffset.MinValue;

    private SweepReport? _lastSweep;
    private IGrainTimer? _sweepAtStart;
    private IGrainTimer? _secondTakeover;

    public async Task StartAsync()
    {
        await this.RegisterOrUpdateReminder(ReminderName, _payment.SweepPeriod, _payment.SweepPeriod);

        // The reminder counts its period anew: silos that start one soon after the other would put it off again and
        // again. The caller does not wait for the sweep.
        _sweepAtStart?.Dispose();
        _sweepAtStart = this.RegisterGrainTimer(
            SweepAtStartAsync, new GrainTimerCreationOptions(TimeSpan.Zero, Timeout.InfiniteTimeSpan));
    }

    public Task<SweepReport> SweepAsync()
    {
        var now = time.GetUtcNow();
        return SweepAsync(now < _noGraceUntil ? now : now - _payment.SweepGrace, _sweeper.RestartsMax);
    }

    public async Task TakeOverAsync(string deadSilo)
    {
        if (_takenOver.Contains(deadSilo)) return;

        _takenOver.Add(deadSilo);
        if (_takenOver.Count > TakenOverMax) _takenOver.RemoveAt(0);
        Log.TakingOver(_logger, deadSilo);
        try
        {
            await TakeOverAsync();
        }
        catch
        {
            _takenOver.Remove(deadSilo);
            throw;
        }

        // What is due later than a takeover looks, could not be reached, or was on its way to the dead silo, is not
        // left to the grace of ordinary sweeps.
        _noGraceUntil = time.GetUtcNow() + _payment.SlowTrackInterval + _payment.SweepPeriod;
        _secondTakeover?.Dispose();
        _secondTakeover = this.RegisterGrainTimer(
            (_, _) => TakeOverAsync(),
            this,
            new GrainTimerCreationOptions(_payment.FastTrackInterval, Timeout.InfiniteTimeSpan) { KeepAlive = true });
    }

    public async Task<WorkPlan> DescribeAsync() => new()
    {
        SweepReminder = ReminderName,
        IsSweepReminderThere = await this.GetReminder(ReminderName) is not null,
        SweepPeriod = _payment.SweepPeriod,
        LastSweep = _lastSweep,
        FastTrackInterval = _payment.FastTrackInterval,
        FastTrackLimit = _payment.FastTrackLimit,
        SlowTrackInterval = _payment.SlowTrackInterval,
        LateChecks = [.. _payment.LateChecks],
        Retention = _payment.Retention,
    };

    public Task ReceiveReminder(string reminderName, TickStatus status) => SweepAsync();

    // In a single process nobody holds an order yet: those that are due soon are taken over before they are late.
    private Task SweepAtStartAsync() => _sweeper.TakesOverAtStart
        ? SweepAsync(time.GetUtcNow() + _payment.SlowTrackInterval, int.MaxValue)
        : SweepAsync();

    private Task<SweepReport> TakeOverAsync() =>
        SweepAsync(time.GetUtcNow() + _payment.FastTrackInterval, _sweeper.RestartsMax);

    private async Task<SweepReport> SweepAsync(DateTimeOffset dueBefore, int restartsMax)
    {
        var startedAt = time.GetUtcNow();
        var started = time.GetTimestamp();
        using var trace = Traces.StartActivity("sweep");

        var pendingCount = await pending.CountAsync();
        var overdue = await ReadOverdueAsync(dueBefore, restartsMax);
        var tally = await RestartAsync(overdue);
        var forgotten = await ForgetOldAsync(startedAt);

        var report = new SweepReport
        {
            StartedAt = startedAt,
            Pending = pendingCount,
            Overdue = overdue.Count,
            Restarted = tally.Restarted,
            Repaired = tally.Repaired,
            Unreachable = tally.Unreachable,
            Forgotten = forgotten,
            Duration = time.GetElapsedTime(started),
        };
        _lastSweep = report;
        trace?.SetTag("coffee.sweep.overdue", report.Overdue).SetTag("coffee.sweep.restarted", report.Restarted);
        instruments.Swept(report);
        Log.Swept(_logger, report);
        return report;
    }

    private async Task<List<DueEntry>> ReadOverdueAsync(DateTimeOffset dueBefore, int restartsMax)
    {
        var overdue = new List<DueEntry>();
        while (overdue.Count < restartsMax)
        {
            var limit = Math.Min(_sweeper.PageSize, restartsMax - overdue.Count);
            var page = await pending.ReadOverdueAsync(dueBefore, overdue.Count > 0 ? overdue[^1] : null, limit);
            overdue.AddRange(page);
            if (page.Count < limit) break;
        }

        return overdue;
    }

    private async Task<SweepTally> RestartAsync(List<DueEntry> overdue)
    {
        var tally = new SweepTally();
        var plan = SweepPlan.Make(overdue, _payment.FastTrackInterval);
        await BoundedAsync(plan, async restart =>
        {
            try
            {
                tally.Add(await RestartOneAsync(restart));
            }
            catch (Exception exception)
            {
                tally.Add(outcome: null);
                Log.NotRestarted(_logger, restart.OrderId, exception);
            }
        });

        return tally;
    }

    private async Task<RestartOutcome> RestartOneAsync(SweepPlan.Restart restart)
    {
        var order = GrainFactory.GetGrain<IPendingPaymentGrain>(restart.OrderId);
        var outcome = await order.EnsureRunningAsync(restart.Delay);
        if (outcome == RestartOutcome.Unknown && restart.DueAt < time.GetUtcNow() - _sweeper.UnknownGrace)
        {
            Log.WithoutState(_logger, restart.OrderId, restart.DueAt);
            await order.ForgetAsync(time.GetUtcNow() - _payment.Retention);
        }

        return outcome;
    }

    /// <summary>
    /// Deletes what is past its retention: one page a sweep, status by status. Orders that await a person are passed
    /// over, so the walk remembers where it was.
    /// </summary>
    private async Task<int> ForgetOldAsync(DateTimeOffset now)
    {
        var (status, after) = _forgetFrom;
        var doneBefore = now - _payment.Retention;
        var old = await statuses.ReadOlderThanAsync(Forgettable[status], doneBefore, after, _sweeper.ForgetsMax);
        _forgetFrom = old.Count == _sweeper.ForgetsMax ? (status, old[^1]) : ((status + 1) % Forgettable.Length, null);

        var forgotten = 0;
        await BoundedAsync(old, async entry =>
        {
            try
            {
                if (await GrainFactory.GetGrain<IPendingPaymentGrain>(entry.OrderId).ForgetAsync(doneBefore))
                    forgotten++;
            }
            catch (Exception exception)
            {
                Log.NotForgotten(_logger, entry.OrderId, exception);
            }
        });

        return forgotten;
    }

    /// <summary>Runs the work with bounded concurrency, within this grain's turns.</summary>
    private async Task BoundedAsync<T>(IReadOnlyList<T> items, Func<T, Task> work)
    {
        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(_sweeper.Concurrency, items.Count)).Select(_ => WorkAsync()));

        async Task WorkAsync()
        {
            while (next < items.Count) await work(items[next++]);
        }
    }
}
