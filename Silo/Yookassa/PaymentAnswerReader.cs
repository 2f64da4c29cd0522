using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Unicode;
using CoffeePayment.Ports;

namespace CoffeePayment.Silo.Yookassa;

/// <summary>
/// Turns what YooKassa sent into what it means: total, pure, and the only place that knows its payment object and its
/// errors. Whatever is doubtful is no answer, so that the order is asked again.
/// </summary>
/// <remarks>Source: https://yookassa.ru/developers/api, "Payment object" and "HTTP codes".</remarks>
public static class PaymentAnswerReader
{
    /// <summary>A provider that asks to be left alone for longer than this is asked again all the same.</summary>
    public static readonly TimeSpan RetryAfterMax = TimeSpan.FromHours(1);

    private static readonly ProviderAnswer Unauthorized = new ProviderAnswer.NoAnswer(NoAnswerCause.Unauthorized);
    private static readonly ProviderAnswer NotFound = new ProviderAnswer.NoAnswer(NoAnswerCause.NotFound);
    private static readonly ProviderAnswer Rejected = new ProviderAnswer.NoAnswer(NoAnswerCause.Rejected);
    private static readonly ProviderAnswer Unreadable = new ProviderAnswer.NoAnswer(NoAnswerCause.Unreadable);

    /// <summary>What the answer to <c>GET /v3/payments/{id}</c> means.</summary>
    /// <param name="statusCode">The HTTP status. One outside 200 to 599, and a redirect, is unreadable.</param>
    /// <param name="retryAfter">The header <c>Retry-After</c>, used if the body of an error does not say.</param>
    /// <param name="body">The whole body, UTF-8 JSON if all is well.</param>
    /// <param name="paymentReferenceId">The payment that was asked for; an answer about another is unreadable.</param>
    /// <param name="now">When the answer came: a <c>Retry-After</c> may be a date.</param>
    public static ProviderAnswer Read(
        int statusCode,
        RetryConditionHeaderValue? retryAfter,
        ReadOnlySpan<byte> body,
        string paymentReferenceId,
        DateTimeOffset now) => statusCode switch
        {
            >= 200 and < 300 => ReadPayment(body, paymentReferenceId),
            401 or 403 => Unauthorized,
            404 => NotFound,
            429 => Failed(NoAnswerCause.RateLimited, RetryAfter(body, retryAfter, now)),
            >= 400 and < 500 => Rejected,
            >= 500 and < 600 => Failed(NoAnswerCause.ServerError, RetryAfter(body, retryAfter, now)),
            _ => Unreadable,
        };

    private static ProviderAnswer.NoAnswer Failed(NoAnswerCause cause, TimeSpan? retryAfter) => new(cause, retryAfter);

    private static ProviderAnswer ReadPayment(ReadOnlySpan<byte> body, string paymentReferenceId)
    {
        // The JSON reader looks no closer at texts that are skipped; a body damaged there may be damaged anywhere.
        if (!Utf8.IsValid(body)) return Unreadable;

        try
        {
            return PaymentFields.Read(body, paymentReferenceId).ToAnswer() ?? Unreadable;
        }
        catch (Exception exception) when (IsBadJson(exception))
        {
            return Unreadable;
        }
    }

    private static TimeSpan? RetryAfter(ReadOnlySpan<byte> body, RetryConditionHeaderValue? header, DateTimeOffset now)
    {
        var wanted = RetryAfterInBody(body) ?? header?.Delta ?? (header?.Date - now);

        return wanted is not { } time || time <= TimeSpan.Zero ? null : time > RetryAfterMax ? RetryAfterMax : time;
    }

    private static TimeSpan? RetryAfterInBody(ReadOnlySpan<byte> body)
    {
        TimeSpan? found = null;
        try
        {
            var reader = new Utf8JsonReader(body);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return null;

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isRetryAfter = reader.ValueTextEquals("retry_after"u8);
                reader.Read();
                if (isRetryAfter && reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var wantedMs))
                    found = TimeSpan.FromMilliseconds(Math.Clamp(wantedMs, 0, RetryAfterMax.TotalMilliseconds));
                reader.Skip();
            }

            return found;
        }
        catch (Exception exception) when (IsBadJson(exception))
        {
            // A proxy's error page, or a body cut short: what was understood before still counts.
            return found;
        }
    }

    /// <summary>
    /// The reader throws the second for escapes that are no characters, such as half a surrogate pair.
    /// </summary>
    private static bool IsBadJson(Exception exception) => exception is JsonException or InvalidOperationException;
}
