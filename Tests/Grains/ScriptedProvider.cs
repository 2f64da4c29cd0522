using System.Collections.Concurrent;
using CoffeePayment.Ports;

namespace CoffeePayment.Tests.Grains;

/// <summary>
/// A provider that answers as the test says (pending if it says nothing), and remembers when it was asked.
/// </summary>
public sealed class ScriptedProvider(TimeProvider time) : IPaymentProvider
{
    private readonly ConcurrentDictionary<string, ProviderAnswer> _answers = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<ProviderAnswer>> _held = new();
    private readonly List<(string OrderId, TaskCompletionSource Asked)> _waiters = [];
    private readonly List<(string OrderId, DateTimeOffset At)> _asks = [];
    private readonly Lock _lock = new();
    private int _overlapping;

    /// <summary>Whether two questions for one order were ever under way at once.</summary>
    public bool HasOverlapped { get; private set; }

    /// <summary>When each question was asked, oldest first.</summary>
    public IReadOnlyList<(string OrderId, DateTimeOffset At)> Asks
    {
        get
        {
            lock (_lock) return [.. _asks];
        }
    }

    public IReadOnlyList<DateTimeOffset> AsksFor(string orderId) =>
        [.. Asks.Where(ask => ask.OrderId == orderId).Select(ask => ask.At)];

    /// <summary>From now on the order's payment is answered like this.</summary>
    public void AnswerWith(string orderId, ProviderAnswer answer) => _answers[orderId] = answer;

    /// <summary>Questions for the order wait until the returned function is called with the answer.</summary>
    public Action<ProviderAnswer> Hold(string orderId)
    {
        var held = new TaskCompletionSource<ProviderAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        _held[orderId] = held;
        return answer =>
        {
            _held.TryRemove(orderId, out _);
            held.SetResult(answer);
        };
    }

    /// <summary>Completes when the order's payment is asked for the next time.</summary>
    public Task WhenAskedAsync(string orderId)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock) _waiters.Add((orderId, asked));
        return asked.Task;
    }

    public async Task<ProviderAnswer> AskAsync(PaymentInquiry inquiry, CancellationToken cancellationToken)
    {
        // Whoever hears that it was asked may answer at once, and then it is not held any more.
        var held = _held.GetValueOrDefault(inquiry.OrderId);
        Note(inquiry.OrderId);
        if (held is null)
            return _answers.GetValueOrDefault(inquiry.OrderId, new ProviderAnswer.Pending());

        if (Interlocked.Increment(ref _overlapping) > 1) HasOverlapped = true;
        try
        {
            return await held.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _overlapping);
        }
    }

    private void Note(string orderId)
    {
        lock (_lock)
        {
            _asks.Add((orderId, time.GetUtcNow()));
            foreach (var waiter in _waiters.Where(waiter => waiter.OrderId == orderId).ToList())
            {
                _waiters.Remove(waiter);
                waiter.Asked.SetResult();
            }
        }
    }
}
