using CoffeePayment.Engine.Scheduling;

namespace CoffeePayment.Tests.Engine.Internals;

/// <summary>
/// Runs work when told to, on the caller's thread, in the order in which it came: how a simulation runs a silo.
/// </summary>
internal sealed class QueueExecutor : IExecutor
{
    private readonly Queue<IThreadPoolWorkItem> _work = new();

    public void Execute(IThreadPoolWorkItem work) => _work.Enqueue(work);

    /// <summary>Runs one piece of work, if there is any.</summary>
    public bool RunOne()
    {
        if (!_work.TryDequeue(out var work)) return false;
        work.Execute();
        return true;
    }

    public void RunAll()
    {
        while (RunOne())
        {
        }
    }
}
