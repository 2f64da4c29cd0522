namespace CoffeePayment.Engine.Scheduling;

/// <summary>
/// Where work runs: the thread pool in production, one ordered queue in a simulation. Every turn of every grain and of
/// every part of the engine passes through here, so whoever implements it decides what runs when.
/// </summary>
internal interface IExecutor
{
    /// <summary>Runs the work once, soon, and not on the caller's stack.</summary>
    void Execute(IThreadPoolWorkItem work);
}

/// <summary>Runs nothing any more.</summary>
internal sealed class DeadExecutor : IExecutor
{
    public void Execute(IThreadPoolWorkItem work)
    {
    }
}

internal sealed class ThreadPoolExecutor : IExecutor
{
    // The global queue is first in, first out: whoever yields really goes to the back of the line.
    public void Execute(IThreadPoolWorkItem work) => ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
}
