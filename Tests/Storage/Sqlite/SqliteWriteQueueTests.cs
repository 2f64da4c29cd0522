using CoffeePayment.Grouping;
using CoffeePayment.Silo.Sqlite;

namespace CoffeePayment.Tests.Storage.Sqlite;

/// <summary>How long writes wait for each other.</summary>
public sealed class SqliteWriteQueueTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Urgent writes never wait for others, patient ones for an hour.</summary>
    private readonly SqliteWriteQueue _queue = new(
        capacity: 100, new Pace(TimeSpan.Zero, burst: 0), new Pace(TimeSpan.FromHours(1), burst: 0));

    public void Dispose() => _queue.Dispose();

    [Fact]
    public async Task Take_PatientWritesThenAnUrgentOne_TakesAllOfThemAtOnce()
    {
        await AddAsync(isPatient: true);
        var first = await TakeAsync();

        var second = TakeAsync();
        await AddAsync(isPatient: true);
        await AddAsync(isPatient: true);
        await AddAsync(isPatient: false);

        Assert.Equal(1, first);
        Assert.Equal(3, await second);
    }

    [Fact]
    public async Task Take_AfterAnUrgentWrite_PatientOnesWaitAgain()
    {
        await AddAsync(isPatient: false);
        await TakeAsync();

        var take = TakeAsync();
        await AddAsync(isPatient: true);
        await AddAsync(isPatient: false);

        Assert.Equal(2, await take);
    }

    [Fact]
    public async Task Take_ManyPatientWrites_DoesNotWaitForMore()
    {
        await AddAsync(isPatient: true);
        await TakeAsync();

        for (var i = 0; i < 32; i++) await AddAsync(isPatient: true);

        Assert.Equal(32, await TakeAsync());
    }

    private ValueTask AddAsync(bool isPatient) =>
        _queue.AddAsync(new Write(isPatient), Patience, CancellationToken.None);

    private Task<int> TakeAsync() => Task.Run(() => _queue.Take(new ISqliteWrite?[100])).WaitAsync(Patience);

    private sealed class Write(bool isPatient) : ISqliteWrite
    {
        public bool IsAbandoned => false;

        public bool IsPatient => isPatient;

        public long QueuedAt { get; set; }

        public void Apply(SqliteSession session) => throw new NotSupportedException();

        public void Succeed() => throw new NotSupportedException();

        public void Fail(Exception exception) => throw new NotSupportedException();
    }
}
