using CoffeePayment.Tests.Simulation.Core;
using CoffeePayment.Tests.Simulation.Plans;
using CoffeePayment.Tests.Simulation.World;

namespace CoffeePayment.Tests.Simulation.Mutations;

/// <summary>A service whose grain timers are not what they should be.</summary>
internal abstract class ClockMutation : Mutation
{
    public override void Configure(IServiceCollection services, SimulatedSilo silo, Landscape landscape) =>
        services.AddKeyedSingleton<TimeProvider>(TimeProviderNames.Grains, Clock(silo.Clock));

    protected abstract GrainClock Clock(LaneTime time);

    /// <summary>The grains' clock: right about the time of day, and wrong about alarms.</summary>
    protected abstract class GrainClock(LaneTime time) : TimeProvider
    {
        public override long TimestampFrequency => time.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

        public override long GetTimestamp() => time.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new Timer(this, time.CreateTimer(callback, state, dueTime, period));

        /// <summary>When an alarm rings that is to ring then.</summary>
        protected abstract TimeSpan Arm(TimeSpan dueTime);

        private sealed class Timer(GrainClock clock, ITimer timer) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(clock.Arm(dueTime), period);

            public void Dispose() => timer.Dispose();

            public ValueTask DisposeAsync() => timer.DisposeAsync();
        }
    }
}

/// <summary>Of a hundred alarms of grain timers, one is forgotten.</summary>
internal sealed class TimerNotArmed : ClockMutation
{
    protected override GrainClock Clock(LaneTime time) => new Forgetful(time);

    private sealed class Forgetful(LaneTime time) : GrainClock(time)
    {
        private int _armings;

        protected override TimeSpan Arm(TimeSpan dueTime) =>
            _armings++ % 100 == 99 ? Timeout.InfiniteTimeSpan : dueTime;
    }
}

/// <summary>Grain timers ring after four fifths of their time.</summary>
internal sealed class TimersEarly : ClockMutation
{
    protected override GrainClock Clock(LaneTime time) => new Hasty(time);

    private sealed class Hasty(LaneTime time) : GrainClock(time)
    {
        public override long GetTimestamp() => base.GetTimestamp() / 4 * 5;

        protected override TimeSpan Arm(TimeSpan dueTime) => dueTime > TimeSpan.Zero ? dueTime / 5 * 4 : dueTime;
    }
}
