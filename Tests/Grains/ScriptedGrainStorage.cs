using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using CoffeePayment.Orders;
using Orleans.Storage;

namespace CoffeePayment.Tests.Grains;

/// <summary>Grain storage in memory, with etags, whose next writes a test can make fail.</summary>
public sealed class ScriptedGrainStorage(ConcurrentQueue<string> journal) : IGrainStorage
{
    private readonly ConcurrentDictionary<GrainId, (string ETag, PaymentOrder Order)> _records = new();
    private readonly ConcurrentQueue<Exception> _failures = new();
    private readonly Gate _reads = new();
    private readonly Gate _writes = new();
    private long _etags;
    private bool _isNextAnswerLost;

    /// <summary>The next write fails with this and writes nothing.</summary>
    public void FailNextWrite(Exception exception) => _failures.Enqueue(exception);

    /// <summary>The next write is done, but whoever wrote hears of a failure.</summary>
    public void LoseNextAnswer() => _isNextAnswerLost = true;

    /// <summary>The next write waits; tells when it does, and what lets it go on.</summary>
    public (Task Reached, Action Release) HoldNextWrite() => _writes.HoldNext();

    /// <summary>The same for the next read.</summary>
    public (Task Reached, Action Release) HoldNextRead() => _reads.HoldNext();

    public PaymentOrder? Find(string orderId) =>
        _records.TryGetValue(IdOf(orderId), out var record) ? record.Order : null;

    /// <summary>Writes an order behind the back of whoever has read it.</summary>
    public void Put(PaymentOrder order) => _records[IdOf(order.Id)] = (NewETag(), order);

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await _reads.PassAsync();
        if (_records.TryGetValue(grainId, out var record))
        {
            var order = record.Order;
            grainState.State = Unsafe.As<PaymentOrder, T>(ref order);
            grainState.ETag = record.ETag;
            grainState.RecordExists = true;
        }
        else
        {
            grainState.ETag = null;
            grainState.RecordExists = false;
        }
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await _writes.PassAsync();
        if (_failures.TryDequeue(out var failure)) throw failure;

        var order = (PaymentOrder)(object)grainState.State!;
        var next = (ETag: NewETag(), order);
        var isWritten = grainState.ETag is null
            ? _records.TryAdd(grainId, next)
            : _records.TryGetValue(grainId, out var seen)
                && seen.ETag == grainState.ETag
                && _records.TryUpdate(grainId, next, seen);
        if (!isWritten)
            throw new InconsistentStateException($"{grainId} was written by somebody else.", "other", grainState.ETag);

        journal.Enqueue($"state {order.Id} {WireNames.Of(order.Status)}");
        if (_isNextAnswerLost)
        {
            _isNextAnswerLost = false;
            throw new TimeoutException("The storage did not answer in time.");
        }

        grainState.ETag = next.ETag;
        grainState.RecordExists = true;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        _records.TryRemove(grainId, out _);
        grainState.ETag = null;
        grainState.RecordExists = false;
        return Task.CompletedTask;
    }

    private static GrainId IdOf(string orderId) => GrainId.Create("pendingpayment", orderId);

    private string NewETag() => Interlocked.Increment(ref _etags).ToString();
}
