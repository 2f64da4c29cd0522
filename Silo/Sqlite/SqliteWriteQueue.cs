using System.Diagnostics;
using CoffeePayment.Grouping;

namespace CoffeePayment.Silo.Sqlite;

/// <summary>
/// What waits for the writer, first come first served and bounded: when it is full, callers wait for a place without
/// blocking a thread.
/// </summary>
/// <param name="capacity">How many may wait.</param>
/// <param name="pace">Of transactions that somebody waits for.</param>
/// <param name="patientPace">Of those that carry nothing but patient writes.</param>
internal sealed class SqliteWriteQueue(int capacity, Pace pace, Pace patientPace) : IDisposable
{
    /// <summary>
    /// So many writes share a commit well enough, 6 microseconds each: no more waiting for others, which are fewer
    /// where 64 callers wait for their answers before they call again.
    /// </summary>
    private const int GoodBatch = 32;

    private readonly object _gate = new();
    private readonly Queue<ISqliteWrite> _waiting = new();
    private readonly SemaphoreSlim _places = new(capacity);

    /// <summary>How many writes must wait before the writer wants to be woken.</summary>
    private int _wakeAt = int.MaxValue;

    /// <summary>How many of those that wait are not patient.</summary>
    private int _urgent;
    private bool _isClosed;

    private static TimeSpan Now => Stopwatch.GetElapsedTime(0);

    private TimeSpan Delay => (_urgent > 0 ? pace : patientPace).DelayAt(Now);

    public int Length
    {
        get
        {
            lock (_gate)
                return _waiting.Count;
        }
    }

    /// <summary>Queues the write, at once or when there is a place.</summary>
    /// <exception cref="TimeoutException">There was no place in time.</exception>
    /// <exception cref="ObjectDisposedException">The queue has been closed.</exception>
    public ValueTask AddAsync(ISqliteWrite write, TimeSpan timeout, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_places.Wait(0, CancellationToken.None))
            return AddWhenThereIsPlaceAsync(write, timeout, cancellationToken);

        Add(write);
        return ValueTask.CompletedTask;
    }

    /// <summary>Waits for writes and takes them, for the writer's thread alone.</summary>
    /// <returns>How many of the batch's places are filled; 0 when the queue is closed and empty.</returns>
    public int Take(Span<ISqliteWrite?> batch)
    {
        var count = 0;
        lock (_gate)
        {
            while (_waiting.Count == 0 && !_isClosed)
                Sleep(wakeAt: 1, Timeout.Infinite);

            while (_waiting.Count < GoodBatch && !_isClosed && Delay is var delay && delay > TimeSpan.Zero)
                Sleep(GoodBatch, (int)Math.Ceiling(delay.TotalMilliseconds));

            pace.Start(Now);
            patientPace.Start(Now);
            while (count < batch.Length && _waiting.TryDequeue(out var write))
            {
                batch[count++] = write;
                if (!write.IsPatient)
                    _urgent--;
            }
        }

        if (count > 0)
            _places.Release(count);

        return count;
    }

    /// <summary>
    /// Lets nobody in any more. What waits is still taken, and who waits for a place is told: the semaphore stays,
    /// which has nothing to free.
    /// </summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Those that were queued before the moment, in environment ticks.</summary>
    public List<ISqliteWrite> QueuedBefore(long moment)
    {
        lock (_gate)
            return [.. _waiting.TakeWhile(write => write.QueuedAt < moment)];
    }

    private async ValueTask AddWhenThereIsPlaceAsync(
        ISqliteWrite write, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (!await _places.WaitAsync(timeout, cancellationToken))
            throw new TimeoutException($"No place in the queue of writes within {timeout}.");

        Add(write);
    }

    private void Add(ISqliteWrite write)
    {
        write.QueuedAt = Environment.TickCount64;
        lock (_gate)
        {
            if (_isClosed)
            {
                _places.Release();
                throw new ObjectDisposedException(nameof(SqliteDatabase), "Not stored: the storage has been closed.");
            }

            _waiting.Enqueue(write);

            // The first that is not patient shortens the time that the writer sleeps.
            var isFirstUrgent = !write.IsPatient && ++_urgent == 1;
            if (_waiting.Count < _wakeAt && !isFirstUrgent)
                return;

            _wakeAt = int.MaxValue;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>
    /// Whole milliseconds, which callers round up: a wait for less would be none at all, and the writer would spin.
    /// </summary>
    private void Sleep(int wakeAt, int milliseconds)
    {
        _wakeAt = wakeAt;
        Monitor.Wait(_gate, milliseconds);
        _wakeAt = int.MaxValue;
    }
}
