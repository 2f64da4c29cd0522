using CoffeePayment.Engine.Scheduling;

namespace CoffeePayment.Tests.Simulation.Core;

/// <summary>
/// What one process of the simulated world has to run: a silo, or the world around. It can stand still, as a stopped
/// process does, and end, whereupon nothing that is left runs.
/// </summary>
internal sealed class Lane(Scheduler scheduler, string name) : IExecutor
{
    private readonly List<IThreadPoolWorkItem> _ready = [];

    public string Name => name;

    public Scheduler Scheduler => scheduler;

    public bool IsPaused { get; set; }

    public bool IsDead { get; private set; }

    /// <summary>How many pieces of work can run now.</summary>
    public int Runnable => IsPaused ? 0 : _ready.Count;

    /// <summary>How many pieces it has run.</summary>
    public long Steps { get; private set; }

    /// <summary>How often it did what others can see: asked, wrote, commanded.</summary>
    public long Deeds { get; set; }

    public void Execute(IThreadPoolWorkItem work)
    {
        scheduler.AssertOwnThread();
        if (!IsDead) _ready.Add(work);
    }

    public void Execute(Action action) => Execute(new Work(action));

    /// <summary>Runs one of what is ready; the others keep no order among each other, as on a thread pool.</summary>
    public void Run(int place)
    {
        var work = _ready[place];
        _ready[place] = _ready[^1];
        _ready.RemoveAt(_ready.Count - 1);
        Steps++;
        work.Execute();
    }

    public void Resume() => IsPaused = false;

    public void End()
    {
        IsDead = true;
        _ready.Clear();
    }

    private sealed class Work(Action action) : IThreadPoolWorkItem
    {
        public void Execute() => action();
    }
}
