namespace CoffeePayment.Engine.Scheduling;

/// <summary>
/// Runs work one item at a time, in order, on whatever thread the executor gives. It is the <see
/// cref="TaskScheduler.Current"/> of all that it runs, so what follows an await comes back to it. Activations derive
/// from it: an activation and its scheduler are one object.
/// </summary>
internal abstract class TurnScheduler : TaskScheduler, IThreadPoolWorkItem
{
    // After so many items it is the others' turn. A count instead of a time keeps simulations repeatable.
    private const int Quantum = 64;

    [ThreadStatic]
    private static TurnScheduler? _current;

    private static readonly Action<object?> RunItem = static item => _current!.Run(item!);

    private WorkQueue _queue;

    public sealed override int MaximumConcurrencyLevel => 1;

    /// <summary>Whether the calling thread is running one of this scheduler's turns.</summary>
    public bool IsCurrent => _current == this;

    /// <summary>Whose turn the calling thread is running, or null.</summary>
    public static new TurnScheduler? Current => _current;

    protected abstract IExecutor Executor { get; }

    public void Post(Action action) => Post((object)action);

    /// <summary>
    /// Adds a <see cref="Task"/>, an <see cref="Action"/>, or whatever else <see cref="Receive"/> understands.
    /// </summary>
    public void Post(object item)
    {
        if (_queue.Add(item)) Executor.Execute(this);
    }

    /// <summary>Runs in a turn, for items which are neither task nor action.</summary>
    protected abstract void Receive(object item);

    /// <summary>
    /// An item threw, which tasks and turns never do: only an action can. The next items run all the same.
    /// </summary>
    protected abstract void OnItemFailed(Exception exception);

    protected sealed override void QueueTask(Task task) => Post(task);

    protected sealed override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        IsCurrent && !taskWasPreviouslyQueued && TryExecuteTask(task);

    protected sealed override IEnumerable<Task> GetScheduledTasks() => _queue.Items().OfType<Task>();

    void IThreadPoolWorkItem.Execute()
    {
        var outer = _current;
        var context = SynchronizationContext.Current;
        _current = this;

        // One that is set on the thread would take what follows an await away from here.
        if (context is not null) SynchronizationContext.SetSynchronizationContext(null);
        bool isAsleep;
        try
        {
            isAsleep = RunBatch();
        }
        finally
        {
            _current = outer;
            if (context is not null) SynchronizationContext.SetSynchronizationContext(context);
        }

        if (!isAsleep) Executor.Execute(this);
    }

    private bool RunBatch()
    {
        var context = ExecutionContext.Capture();
        for (var i = 0; i < Quantum; i++)
        {
            if (_queue.Take() is not { } item) return true;

            // Only a task can make a scheduler the current one. What follows an await is one already.
            if (item is Task task) TryExecuteTask(task);
            else new Task(RunItem, item, TaskCreationOptions.DenyChildAttach).RunSynchronously(this);

            // An async local set by one turn must not leak into the next.
            if (context is not null && ExecutionContext.Capture() != context) ExecutionContext.Restore(context);
        }

        return false;
    }

    private void Run(object item)
    {
        try
        {
            if (item is Action action) action();
            else Receive(item);
        }
        catch (Exception exception)
        {
            OnItemFailed(exception);
        }
    }
}
