namespace CoffeePayment.Silo.Sqlite;

/// <summary>What the writer does with a write, whatever its result is.</summary>
internal interface ISqliteWrite
{
    /// <summary>Whether nobody waits any longer: it timed out before the writer got to it.</summary>
    bool IsAbandoned { get; }

    /// <summary>Whether it may wait longer for others: nobody waits for its answer but the grain itself.</summary>
    bool IsPatient { get; }

    /// <summary>Environment ticks when it was queued, for its timeout.</summary>
    long QueuedAt { get; set; }

    /// <summary>Does the work in the writer's transaction.</summary>
    void Apply(SqliteSession session);

    /// <summary>The transaction is durable.</summary>
    void Succeed();

    /// <summary>The transaction is undone, or nobody knows.</summary>
    void Fail(Exception exception);
}

/// <summary>
/// A queued write and the promise of its result. Continuations never run on the writer's thread: they go back to the
/// scheduler of whoever waits, which for a grain is its activation's.
/// </summary>
internal abstract class SqliteWrite<TResult>()
    : TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously), ISqliteWrite
{
    private TResult _result = default!;
    private bool _isApplied;

    public bool IsAbandoned => Task.IsCompleted;

    public virtual bool IsPatient => false;

    public long QueuedAt { get; set; }

    public void Apply(SqliteSession session)
    {
        _result = Run(session);
        _isApplied = true;
    }

    public void Succeed()
    {
        if (!_isApplied)
            return;

        OnCommitted(_result);
        TrySetResult(_result);
    }

    public void Fail(Exception exception) => TrySetException(exception);

    /// <summary>Does the work in the writer's transaction; others may follow in the same one.</summary>
    protected abstract TResult Run(SqliteSession session);

    /// <summary>Called on the writer's thread, in the order of the writes, before the waiting caller is told.</summary>
    protected virtual void OnCommitted(TResult result)
    {
    }
}
