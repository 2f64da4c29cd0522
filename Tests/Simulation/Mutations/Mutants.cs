using CoffeePayment.Grains;
using CoffeePayment.Orders;
using CoffeePayment.Ports;
using CoffeePayment.Tests.Simulation.Core;
using CoffeePayment.Tests.Simulation.Plans;
using CoffeePayment.Tests.Simulation.World;
using Orleans.Runtime.Hosting;
using Orleans.Storage;

namespace CoffeePayment.Tests.Simulation.Mutations;

/// <summary>A service whose storage is not what it should be.</summary>
internal abstract class StorageMutation : Mutation
{
    public override void Configure(IServiceCollection services, SimulatedSilo silo, Landscape landscape) =>
        services.AddGrainStorage(StorageNames.Orders, (_, _) => (IGrainStorage)Storage(silo, landscape));

    protected abstract SiloStorage Storage(SimulatedSilo silo, Landscape landscape);
}

/// <summary>The state that says "sent" is written after the command has left.</summary>
internal sealed class WriteAfterSend : StorageMutation
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(1);

    protected override SiloStorage Storage(SimulatedSilo silo, Landscape landscape) =>
        new Late(landscape.Storage, silo.Lane, landscape.Facts);

    private sealed class Late(Backend backend, Lane silo, Facts facts) : SiloStorage(backend, silo, facts)
    {
        private readonly Dictionary<GrainId, Task> _late = [];

        public override async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            if (_late.Remove(grainId, out var late)) await late;
            if (grainState.State is PaymentOrder { Make.IsInFlight: true })
                _late[grainId] = WriteLaterAsync(stateName, grainId, grainState);
            else
                await base.WriteStateAsync(stateName, grainId, grainState);
        }

        private async Task WriteLaterAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            var sent = new GrainState<T>(grainState.State, grainState.ETag);
            var passed = new TaskCompletionSource();
            Facts.Scheduler.After(Delay, Silo, passed.SetResult);
            await passed.Task;
            await base.WriteStateAsync(stateName, grainId, sent);
            grainState.ETag = sent.ETag;
        }
    }
}

/// <summary>Whoever writes last wins.</summary>
internal sealed class NoEtag : StorageMutation
{
    protected override SiloStorage Storage(SimulatedSilo silo, Landscape landscape) =>
        new Blind(landscape.Storage, silo.Lane, landscape.Facts);

    private sealed class Blind(Backend backend, Lane silo, Facts facts) : SiloStorage(backend, silo, facts)
    {
        protected override string Write(OrderFacts order, string? etag, PaymentOrder after) =>
            Facts.Overwrite(order, after, Silo);
    }
}

/// <summary>How often was asked in vain, and in all, is kept in memory only.</summary>
internal sealed class AttemptsNotPersisted : StorageMutation
{
    protected override SiloStorage Storage(SimulatedSilo silo, Landscape landscape) =>
        new Forgetful(landscape.Storage, silo.Lane, landscape.Facts);

    private sealed class Forgetful(Backend backend, Lane silo, Facts facts) : SiloStorage(backend, silo, facts)
    {
        protected override string Write(OrderFacts order, string? etag, PaymentOrder after) =>
            base.Write(order, etag, after with { CheckAttempts = 0, UnansweredAttempts = 0 });
    }
}

/// <summary>A service whose due index is not what it should be.</summary>
internal abstract class IndexMutation : Mutation
{
    public override void Configure(IServiceCollection services, SimulatedSilo silo, Landscape landscape) =>
        services.AddSingleton<IPendingPaymentIndex>(Index(silo, landscape));

    protected abstract SiloPendingIndex Index(SimulatedSilo silo, Landscape landscape);
}

/// <summary>An order that has just been registered gets into the due index with its first check only.</summary>
internal sealed class IndexBeforeNothing : IndexMutation
{
    protected override SiloPendingIndex Index(SimulatedSilo silo, Landscape landscape) =>
        new Late(landscape.Storage, silo.Lane, landscape.Facts, silo.Clock);

    private sealed class Late(Backend backend, Lane silo, Facts facts, LaneTime clock)
        : SiloPendingIndex(backend, silo, facts, clock)
    {
        public override ValueTask ScheduleAsync(
            string orderId, DateTimeOffset dueAt, CancellationToken cancellationToken = default) =>
            Facts.Orders[orderId].Stored is null
                ? ValueTask.CompletedTask
                : base.ScheduleAsync(orderId, dueAt, cancellationToken);
    }
}

/// <summary>The sweeper takes every order whose time has come for an orphan.</summary>
internal sealed class NoSweeperGrace : IndexMutation
{
    protected override SiloPendingIndex Index(SimulatedSilo silo, Landscape landscape) =>
        new Hasty(landscape.Storage, silo.Lane, landscape.Facts, silo.Clock);

    private sealed class Hasty(Backend backend, Lane silo, Facts facts, LaneTime clock)
        : SiloPendingIndex(backend, silo, facts, clock)
    {
        public override ValueTask<IReadOnlyList<DueEntry>> ReadOverdueAsync(
            DateTimeOffset dueBefore, DueEntry? after, int limit, CancellationToken cancellationToken = default) =>
            base.ReadOverdueAsync(dueBefore + Facts.Payment.SweepGrace, after, limit, cancellationToken);
    }
}

/// <summary>Of a hundred alarms of grain timers, one is forgotten.</summary>
internal sealed class TimerNotArmed : Mutation
{
    public override void Configure(IServiceCollection services, SimulatedSilo silo, Landscape landscape) =>
        services.AddKeyedSingleton<TimeProvider>(TimeProviderNames.Grains, new Forgetful(silo.Clock));

    private sealed class Forgetful(LaneTime time) : TimeProvider
    {
        private int _armings;

        public override long TimestampFrequency => time.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

        public override long GetTimestamp() => time.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new Timer(this, time.CreateTimer(callback, state, dueTime, period));

        private sealed class Timer(Forgetful time, ITimer timer) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) =>
                (time._armings++ % 100 == 99 && timer.Change(Timeout.InfiniteTimeSpan, period))
                || timer.Change(dueTime, period);

            public void Dispose() => timer.Dispose();

            public ValueTask DisposeAsync() => timer.DisposeAsync();
        }
    }
}

/// <summary>Once a webhook has come for a payment, it counts as paid.</summary>
internal sealed class WebhookBelieved : Mutation
{
    public override void Configure(IServiceCollection services, SimulatedSilo silo, Landscape landscape)
    {
        var honest = (IPaymentProvider)services.Last(
            service => service.ServiceType == typeof(IPaymentProvider)).ImplementationInstance!;
        services.AddSingleton<IPaymentProvider>(new Gullible(honest, landscape.Facts));
    }

    private sealed class Gullible(IPaymentProvider honest, Facts facts) : IPaymentProvider
    {
        public async Task<ProviderAnswer> AskAsync(PaymentInquiry inquiry, CancellationToken cancellationToken)
        {
            var answer = await honest.AskAsync(inquiry, cancellationToken);
            return facts.Orders[inquiry.OrderId].LastHintAt is null
                ? answer
                : new ProviderAnswer.Succeeded(OrderFacts.Price);
        }
    }
}
