using CoffeePayment.Grains;
using CoffeePayment.Orders;
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

/// <summary>How often was asked in vain is kept in memory only.</summary>
internal sealed class UnansweredNotPersisted : StorageMutation
{
    protected override SiloStorage Storage(SimulatedSilo silo, Landscape landscape) =>
        new Forgetful(landscape.Storage, silo.Lane, landscape.Facts);

    private sealed class Forgetful(Backend backend, Lane silo, Facts facts) : SiloStorage(backend, silo, facts)
    {
        protected override string Write(OrderFacts order, string? etag, PaymentOrder after) =>
            base.Write(order, etag, after with { UnansweredAttempts = 0 });
    }
}

/// <summary>The next check is due one interval after the last one has ended: its phase is lost.</summary>
internal sealed class ArmedFromTheEnd : StorageMutation
{
    protected override SiloStorage Storage(SimulatedSilo silo, Landscape landscape) =>
        new Drifting(landscape.Storage, silo.Lane, landscape.Facts);

    private sealed class Drifting(Backend backend, Lane silo, Facts facts) : SiloStorage(backend, silo, facts)
    {
        protected override string Write(OrderFacts order, string? etag, PaymentOrder after) => base.Write(
            order,
            etag,
            after is { Status: OrderStatus.Pending, History: [.., { Kind: HistoryKind.Checked } check] }
                ? after with { DueAt = (check.LastAt ?? check.At) + Facts.Payment.FastTrackInterval }
                : after);
    }
}

/// <summary>What was written of an order's end is not read back: the order is pending again.</summary>
internal sealed class EndNotReadBack : StorageMutation
{
    protected override SiloStorage Storage(SimulatedSilo silo, Landscape landscape) =>
        new Forgetful(landscape.Storage, silo.Lane, landscape.Facts);

    private sealed class Forgetful(Backend backend, Lane silo, Facts facts) : SiloStorage(backend, silo, facts)
    {
        public override async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            await base.ReadStateAsync(stateName, grainId, grainState);
            if (grainState.State is not PaymentOrder { DueAt: null } done) return;
            var forgotten = done with { Status = OrderStatus.Pending, DueAt = done.StatusChangedAt };
            grainState.State = (T)(object)forgotten;
        }
    }
}

/// <summary>The storage that is to keep the indexes of pending orders does not.</summary>
internal sealed class IndexesNotKept : StorageMutation
{
    protected override SiloStorage Storage(SimulatedSilo silo, Landscape landscape) =>
        new Negligent(landscape.Storage, silo.Lane, landscape.Facts);

    private sealed class Negligent(Backend backend, Lane silo, Facts facts) : SiloStorage(backend, silo, facts)
    {
        protected override void Keep(PaymentOrder order, bool isNew, DateTimeOffset dueAt)
        {
        }
    }
}
