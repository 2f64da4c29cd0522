using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using CoffeePayment.Grains.Decisions;
using CoffeePayment.Orders;
using CoffeePayment.Ports;

namespace CoffeePayment.Grains.Orders;

/// <summary>
/// The spans of a step in an order's life, from its timer to its storage, for whoever listens to
/// <see cref="SourceName"/>. While nobody does, a span costs a look at a list that is empty.
/// </summary>
/// <remarks>
/// Whether or not somebody listens, every line that a step logs carries a trace id, the same for all of them: where
/// there is no span, one is made up when there is something to log.
/// </remarks>
public static class OrderTraces
{
    /// <summary>The name of the source.</summary>
    public const string SourceName = "CoffeePayment.Orders";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>
    /// Begins a step, which is a trace of its own: a timer is no part of the request that happened to arm it.
    /// </summary>
    /// <param name="order">The order; null if there is none any more.</param>
    /// <param name="startedAt">When the step started.</param>
    /// <param name="isLogged">Whether the step will log in any case, so that all its lines need the trace id.</param>
    /// <returns>The step's span, to be disposed at its end; null if nobody wants one.</returns>
    public static Activity? StartStep(PaymentOrder? order, DateTimeOffset startedAt, bool isLogged)
    {
        if (order is null) return null;
        if (!Source.HasListeners()) return isLogged ? Correlate(order.Id, startedAt) : null;

        Activity.Current = null;
        var span = Source.StartActivity(OrderStates.CanBeChecked(order) ? "check order" : "advance order");
        if (span is not { IsAllDataRequested: true }) return span;

        span.SetTag("coffee.order.id", order.Id);
        span.SetTag("coffee.order.status", WireNames.Of(order.Status));
        span.SetTag("coffee.order.track", order.Track is { } track ? WireNames.Of(track) : "none");
        span.SetTag("coffee.payment.id", order.Registration.PaymentReferenceId);
        span.SetTag("coffee.merchant.id", order.Registration.MerchantId);
        span.SetTag("coffee.check.attempt", order.CheckAttempts + 1);
        if (order.DueAt is { } dueAt)
            span.SetTag("coffee.check.lateness_s", Math.Max(0, (startedAt - dueAt).TotalSeconds));
        return span;
    }

    /// <summary>
    /// Lends what is logged within it the step's trace id; null, and nothing to be disposed, if there is one already.
    /// </summary>
    /// <param name="orderId">The order.</param>
    /// <param name="startedAt">When the step started, or what else is logged of the order began.</param>
    public static Activity? Correlate(string orderId, DateTimeOffset startedAt)
    {
        if (Activity.Current is not null) return null;

        // Of nothing but the order and the time, so that it need not be kept anywhere.
        var seed = new byte[sizeof(long) + Encoding.UTF8.GetByteCount(orderId)];
        BinaryPrimitives.WriteInt64LittleEndian(seed, startedAt.UtcTicks);
        Encoding.UTF8.GetBytes(orderId, seed.AsSpan(sizeof(long)));
        var hash = SHA256.HashData(seed);
        var activity = new Activity("order");
        activity.SetParentId(
            ActivityTraceId.CreateFromBytes(hash.AsSpan(0, 16)), ActivitySpanId.CreateFromBytes(hash.AsSpan(16, 8)));
        return activity.Start();
    }

    /// <summary>Begins to ask the provider.</summary>
    public static Activity? StartAsking() => Source.StartActivity("ask provider");

    /// <summary>Says what the provider answered.</summary>
    public static void Answered(Activity? asking, ProviderAnswer answer)
    {
        if (asking is null) return;

        asking.SetTag("coffee.check.outcome", ProviderAnswerTexts.OutcomeOf(answer));
        if (answer is ProviderAnswer.NoAnswer) asking.SetStatus(ActivityStatusCode.Error);
    }

    /// <summary>Begins to decide what follows from an event.</summary>
    public static Activity? StartDeciding() => Source.StartActivity("decide");

    /// <summary>Says what was decided.</summary>
    public static void Decided(Activity? deciding, PaymentOrder before, Decision decision)
    {
        if (deciding is null) return;

        deciding.SetTag("coffee.decision.kind", WireNames.Of(decision.Kind));
        if (before.Status != decision.Order.Status)
            deciding.SetTag("coffee.decision.status", WireNames.Of(decision.Order.Status));
    }

    /// <summary>Begins to write the order's state.</summary>
    public static Activity? StartWriting() => Source.StartActivity("write state");

    /// <summary>Begins to move the order in the indexes.</summary>
    public static Activity? StartMoving() => Source.StartActivity("move in index");

    /// <summary>Begins to send the make command.</summary>
    public static Activity? StartMaking(MakeCommand command) =>
        Source.StartActivity("send make command")?.SetTag("coffee.device.id", command.DeviceUuid);

    /// <summary>Says what came of the make command.</summary>
    public static void Made(Activity? making, MakeAnswer answer)
    {
        if (making is null) return;

        making.SetTag("coffee.make.outcome", MakeAnswerTexts.OutcomeOf(answer));
        if (answer is not MakeAnswer.Accepted) making.SetStatus(ActivityStatusCode.Error);
    }

    /// <summary>Says that what the span is about failed.</summary>
    public static void Failed(Activity? span, Exception exception) =>
        span?.SetStatus(ActivityStatusCode.Error, exception.GetType().Name);
}
