using System.Collections.Concurrent;

namespace CoffeePayment.Tests.Engine;

/// <summary>
/// What grains and tests tell each other outside of calls: grains report what happens, tests await it; grains wait at
/// gates, tests open them. One per silo, found through its services.
/// </summary>
public sealed class Probe
{
    /// <summary>How long a test waits for what must happen; only a failing one waits that long.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, Log> _logs = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _failures = new(StringComparer.Ordinal);

    /// <summary>Adds to the log of that key.</summary>
    public void Report(string key, string happening) => LogOf(key).Add(happening);

    /// <summary>Everything reported under that key so far, in order.</summary>
    public IReadOnlyList<string> Happened(string key) => LogOf(key).ToList();

    /// <summary>The report after those which earlier calls gave; waits for it.</summary>
    /// <exception cref="TimeoutException">Nothing more is reported.</exception>
    public Task<string> NextAsync(string key) => LogOf(key).NextAsync().WaitAsync(Patience);

    /// <summary>Completes when a test opens the gate.</summary>
    public Task PassAsync(string gate) => GateOf(gate).Task;

    /// <summary>Lets everybody through, now and later.</summary>
    public void Open(string gate) => GateOf(gate).TrySetResult();

    /// <summary>Makes that many calls of <see cref="FailIfTold"/> with the key throw.</summary>
    public void TellToFail(string key, int times) => _failures[key] = times;

    /// <summary>Throws as often as a test has asked for it.</summary>
    /// <exception cref="InvalidOperationException">A test wants it so.</exception>
    public void FailIfTold(string key)
    {
        if (_failures.TryGetValue(key, out var left) && left > 0 && _failures.TryUpdate(key, left - 1, left))
            throw new InvalidOperationException($"{key} was told to fail");
    }

    private Log LogOf(string key) => _logs.GetOrAdd(key, static _ => new Log());

    private TaskCompletionSource GateOf(string gate) =>
        _gates.GetOrAdd(gate, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    private sealed class Log
    {
        private readonly Lock _lock = new();
        private readonly List<string> _entries = [];
        private readonly List<TaskCompletionSource<string>> _readers = [];
        private int _read;

        public void Add(string happening)
        {
            lock (_lock)
            {
                _entries.Add(happening);
                ReaderOf(_entries.Count - 1).TrySetResult(happening);
            }
        }

        public Task<string> NextAsync()
        {
            lock (_lock)
                return ReaderOf(_read++).Task;
        }

        public List<string> ToList()
        {
            lock (_lock)
                return [.. _entries];
        }

        private TaskCompletionSource<string> ReaderOf(int index)
        {
            while (_readers.Count <= index)
                _readers.Add(new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously));
            return _readers[index];
        }
    }
}
