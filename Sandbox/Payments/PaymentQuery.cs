using System.Globalization;

namespace CoffeePayment.Sandbox.Payments;

/// <summary>The filters and the page that <c>GET /v3/payments</c> asks for.</summary>
internal sealed class PaymentQuery
{
    private const int MaxLimit = 100;

    private static readonly string[] TimeFormats =
        ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    private readonly List<Func<DateTimeOffset, bool>> _times = [];
    private PaymentStatus? _status;

    public int Limit { get; private set; } = 10;

    /// <summary>The number of the payment before which the page begins.</summary>
    public int Before { get; private set; } = int.MaxValue;

    public bool Matches(Payment payment, PaymentState state)
    {
        if (_status is { } status && state.Status != status)
            return false;
        foreach (var time in _times)
        {
            if (!time(payment.CreatedAt))
                return false;
        }
        return true;
    }

    public static PaymentQuery? Read(IQueryCollection query, out ProviderError? error)
    {
        var result = new PaymentQuery();
        foreach (var (name, values) in query)
        {
            if (values.Count == 1 && result.Take(name, values[0] ?? ""))
                continue;
            error = ProviderError.Invalid(name, $"{name} is unknown, given twice, or has a value that is not allowed.");
            return null;
        }
        error = null;
        return result;
    }

    private bool Take(string name, string value) => name switch
    {
        "created_at.gte" => TakeTime(value, static (created, bound) => created >= bound),
        "created_at.gt" => TakeTime(value, static (created, bound) => created > bound),
        "created_at.lte" => TakeTime(value, static (created, bound) => created <= bound),
        "created_at.lt" => TakeTime(value, static (created, bound) => created < bound),
        "status" => (_status = PaymentStatuses.Parse(value)) is not null,
        "limit" => TryNumber(value, out var limit) && (Limit = limit) is >= 1 and <= MaxLimit,
        "cursor" => TryNumber(value, out var before) && (Before = before) >= 1,
        _ => false,
    };

    private bool TakeTime(string value, Func<DateTimeOffset, DateTimeOffset, bool> compare)
    {
        if (!DateTimeOffset.TryParseExact(
            value, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var bound))
        {
            return false;
        }
        _times.Add(created => compare(created, bound));
        return true;
    }

    private static bool TryNumber(string value, out int number) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
