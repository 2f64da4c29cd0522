using CoffeePayment.Engine.Clustering;
using CoffeePayment.Engine.Messaging;
using CoffeePayment.Engine.Reminders;
using Orleans.Timers;
using EngineSilo = CoffeePayment.Engine.Hosting.Silo;

namespace CoffeePayment.Tests.Engine.Internals;

/// <summary>
/// The table is read again now and then, and takes its time; what happens meanwhile must not be undone.
/// </summary>
public sealed class ReminderRefreshTests
{
    private static readonly GrainId GrainIdentity = GrainId.Create("reminderrefresh", "a");
    private static readonly TimeSpan Refresh = new ReminderOptions().RefreshReminderListPeriod;
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    private readonly SlowTable _table = new();

    [Fact]
    public async Task Refresh_WhileAReminderIsRegistered_KeepsIt()
    {
        await using var silo = await StartAsync();
        var registry = silo.Service<IReminderRegistry>();

        BeginRefresh(silo);
        await silo.Run(() => registry.RegisterOrUpdateReminder(GrainIdentity, "new", Period, Period));
        EndRefresh(silo);
        silo.Time.Advance(Period);
        silo.Executor.RunAll();

        Assert.Equal(["new"], await silo.Run(silo.Grain<IRefreshGrain>("a").Received()));
    }

    [Fact]
    public async Task Refresh_WhileAReminderIsUnregistered_DoesNotBringItBack()
    {
        await using var silo = await StartAsync();
        var registry = silo.Service<IReminderRegistry>();
        var reminder = await silo.Run(() => registry.RegisterOrUpdateReminder(GrainIdentity, "old", Period, Period));

        BeginRefresh(silo);
        await silo.Run(() => registry.UnregisterReminder(GrainIdentity, reminder));
        EndRefresh(silo);
        silo.Time.Advance(Period);
        silo.Executor.RunAll();

        Assert.Empty(await silo.Run(silo.Grain<IRefreshGrain>("a").Received()));
    }

    [Fact]
    public async Task Refresh_RowThatSomebodyElseRemoved_TicksNoMore()
    {
        await using var silo = await StartAsync();
        var registry = silo.Service<IReminderRegistry>();
        await silo.Run(() => registry.RegisterOrUpdateReminder(GrainIdentity, "old", Period, Period));

        await _table.TestOnlyClearTable();
        BeginRefresh(silo);
        EndRefresh(silo);
        silo.Time.Advance(Period);
        silo.Executor.RunAll();

        Assert.Empty(await silo.Run(silo.Grain<IRefreshGrain>("a").Received()));
    }

    [Fact]
    public async Task Refresh_TableThatFailsOnce_IsReadAgainSoon()
    {
        await using var silo = await StartAsync();
        _table.Open();
        await _table.UpsertRow(new ReminderEntry
        {
            GrainId = GrainIdentity,
            ReminderName = "of another silo",
            StartAt = silo.Time.GetUtcNow().UtcDateTime + Refresh,
            Period = Period,
        });
        _table.Failures = 1;

        BeginRefresh(silo);
        silo.Time.Advance(TimeSpan.FromSeconds(2));
        silo.Executor.RunAll();
        silo.Time.Advance(Period);
        silo.Executor.RunAll();

        Assert.Equal(["of another silo"], await silo.Run(silo.Grain<IRefreshGrain>("a").Received()));
    }

    [Fact]
    public async Task Tick_OfAGrainThatHasMoved_IsLeftToTheSiloThatHasIt()
    {
        await using var silo = await StartAsync(services => services
            .AddSingleton<INetwork, ScriptedNetwork>()
            .AddSingleton<IMembership, ScriptedMembership>());
        var key = ScriptedMembership.KeyOn(
            silo.Service<EngineSilo>(), ScriptedMembership.Other, GrainIdentity.Type.ToString()!);
        var moved = GrainId.Create(GrainIdentity.Type, IdSpan.Create(key));
        await silo.Run(() => silo.Service<IReminderRegistry>().RegisterOrUpdateReminder(moved, "old", Period, Period));

        ((ScriptedMembership)silo.Service<IMembership>()).AddOther();
        silo.Time.Advance(Period);
        silo.Executor.RunAll();

        var network = (ScriptedNetwork)silo.Service<INetwork>();
        Assert.DoesNotContain(network.Sent, message => message.Kind == MessageKind.Request);
        _table.Open();
    }

    private async Task<OneThreadSilo> StartAsync(Action<IServiceCollection>? configure = null)
    {
        _table.Open();
        var silo = await OneThreadSilo.StartAsync(builder =>
        {
            builder.AddReminders();
            builder.Services.AddSingleton<IReminderTable>(_table);
            configure?.Invoke(builder.Services);
        });
        _table.Close();
        return silo;
    }

    private static void BeginRefresh(OneThreadSilo silo)
    {
        silo.Time.Advance(Refresh);
        silo.Executor.RunAll();
    }

    private void EndRefresh(OneThreadSilo silo)
    {
        _table.Open();
        silo.Executor.RunAll();
    }

    /// <summary>Reads at once, and answers when it is opened.</summary>
    private sealed class SlowTable : IReminderTable
    {
        private readonly MemoryReminderTable _table = new();
        private TaskCompletionSource _gate = new();

        /// <summary>How many of the next reads fail.</summary>
        public int Failures { get; set; }

        public void Open() => _gate.TrySetResult();

        public void Close() => _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task<ReminderTableData> ReadRows(uint begin, uint end)
        {
            if (Failures > 0)
            {
                Failures--;
                throw new TimeoutException("The table does not answer.");
            }

            var rows = await _table.ReadRows(begin, end);
            await _gate.Task;
            return rows;
        }

        public Task<ReminderTableData> ReadRows(GrainId grainId) => _table.ReadRows(grainId);

        public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) =>
            _table.ReadRow(grainId, reminderName);

        public Task<string> UpsertRow(ReminderEntry entry) => _table.UpsertRow(entry);

        public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) =>
            _table.RemoveRow(grainId, reminderName, eTag);

        public Task TestOnlyClearTable() => _table.TestOnlyClearTable();
    }

    internal interface IRefreshGrain : IGrainWithStringKey
    {
        Task<List<string>> Received();
    }

    [GrainType("reminderrefresh")]
    internal sealed class RefreshGrain : Grain, IRefreshGrain, IRemindable
    {
        private readonly List<string> _received = [];

        public Task<List<string>> Received() => Task.FromResult(_received);

        public Task ReceiveReminder(string reminderName, TickStatus status)
        {
            _received.Add(reminderName);
            return Task.CompletedTask;
        }
    }
}
