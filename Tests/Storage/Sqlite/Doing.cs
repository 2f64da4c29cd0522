using CoffeePayment.Silo.Sqlite;

namespace CoffeePayment.Tests.Storage.Sqlite;

/// <summary>Any work on the writer's thread, inside its transaction.</summary>
internal sealed class Doing<TResult>(Func<SqliteSession, TResult> work) : SqliteWrite<TResult>
{
    protected override TResult Run(SqliteSession session) => work(session);
}

/// <summary>Holds the writer up until it is released, so that a test can fill the queue meanwhile.</summary>
internal sealed class HeldWriter : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly ManualResetEventSlim _isHeld = new();
    private readonly ManualResetEventSlim _isReleased = new();

    public HeldWriter(SqliteDatabase database)
    {
        Held = database.WriteAsync(
            new Doing<bool>(_ =>
            {
                _isHeld.Set();
                return _isReleased.Wait(Limit);
            }),
            CancellationToken.None).AsTask();
        Assert.True(_isHeld.Wait(Limit));
    }

    /// <summary>The write that holds the writer up; its transaction carries nothing else.</summary>
    public Task<bool> Held { get; }

    public void Release() => _isReleased.Set();

    public void Dispose() => Release();
}
