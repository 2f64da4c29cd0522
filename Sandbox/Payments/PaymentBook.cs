using System.Collections.Concurrent;
using CoffeePayment.Sandbox.Traffic;

namespace CoffeePayment.Sandbox.Payments;

/// <summary>All payments, by id and in the order of their creation.</summary>
internal sealed class PaymentBook(SandboxOptions options, Chance chance)
{
    // Requests about payments that do not exist are kept for so many ids, no more: anybody can invent ids.
    private const int StrangersKept = 10_000;

    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, Payment> _byId = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, RequestLog> _strangers = new(StringComparer.Ordinal);
    private readonly List<Payment> _inOrder = [];
    private readonly PaymentPeriods _periods = new(options.ConfirmationPeriod, options.CapturePeriod);
    private readonly Money _defaultAmount = new(options.DefaultAmount, options.DefaultCurrency);

    public int Count => _byId.Count;

    public Payment? Find(string id)
    {
        if (_byId.TryGetValue(id, out var payment))
            return payment;
        return options.AnswerUnknownAsPending && PaymentIds.IsValid(id)
            && id.StartsWith(options.UnknownIdPrefix, StringComparison.Ordinal)
                ? FindOrCreate(id, amount: null)
                : null;
    }

    public Payment Create(Money amount, PaymentTerms terms)
    {
        lock (_lock)
            return Add(chance.NewId(), amount, terms);
    }

    /// <summary>The payment of that id, created as pending if there was none.</summary>
    public Payment FindOrCreate(string id, Money? amount)
    {
        lock (_lock)
            return _byId.GetValueOrDefault(id) ?? Add(id, amount ?? _defaultAmount, PaymentTerms.None);
    }

    /// <summary>
    /// The newest payments below <paramref name="before"/> that the filter lets pass, newest first, and one more than
    /// <paramref name="limit"/> if there are more.
    /// </summary>
    public List<(Payment Payment, PaymentState State)> Newest(
        int before, int limit, DateTimeOffset now, Func<Payment, PaymentState, bool> filter)
    {
        var found = new List<(Payment, PaymentState)>(Math.Min(limit + 1, 128));
        lock (_lock)
        {
            for (var i = Math.Min(before - 1, _inOrder.Count) - 1; i >= 0 && found.Count <= limit; i--)
            {
                var payment = _inOrder[i];
                var state = payment.At(now);
                if (filter(payment, state))
                    found.Add((payment, state));
            }
        }
        return found;
    }

    /// <summary>Where requests about that id are kept; null if they are not.</summary>
    public RequestLog? LogOf(string id, Payment? payment)
    {
        if (options.RequestsKept == 0)
            return null;
        if (payment is not null)
            return payment.Requests ?? NewLog(payment);
        if (_strangers.TryGetValue(id, out var log))
            return log;
        return _strangers.Count < StrangersKept && PaymentIds.IsValid(id)
            ? _strangers.GetOrAdd(id, static (_, kept) => new RequestLog(kept), options.RequestsKept)
            : null;
    }

    /// <summary>
    /// What has been kept about that id; null if neither the payment exists nor anybody asked for it.
    /// </summary>
    public IReadOnlyList<RequestEntry>? RequestsOf(string id)
    {
        if (_byId.TryGetValue(id, out var payment))
            return payment.Requests?.Entries() ?? [];
        return _strangers.TryGetValue(id, out var log) ? log.Entries() : null;
    }

    private RequestLog NewLog(Payment payment)
    {
        lock (_lock)
            return payment.Requests ??= new RequestLog(options.RequestsKept);
    }

    private Payment Add(string id, Money amount, PaymentTerms terms)
    {
        // Millisecond precision, as the API shows it: what a client reads back must find the payment again.
        var now = options.TimeProvider.GetUtcNow();
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
        var payment = new Payment(id, _inOrder.Count + 1, terms, now, PaymentState.Created(amount, _periods, now));
        if (_strangers.TryRemove(id, out var log))
            payment.Requests = log;
        _inOrder.Add(payment);
        _byId[id] = payment;
        return payment;
    }
}

internal static class PaymentIds
{
    /// <summary>1 to 255 characters of <c>A-Z a-z 0-9 - _ . :</c>, as ids are everywhere in this product.</summary>
    public static bool IsValid(string id) =>
        id.Length is >= 1 and <= 255 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':');
}
