using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;
using CoffeePayment.Sandbox.Http;
using CoffeePayment.Sandbox.Payments;

namespace CoffeePayment.Sandbox.Webhooks;

/// <summary>What <c>GET /sandbox/webhooks</c> answers; counts since the address was set.</summary>
internal sealed record WebhooksView(string? Url, long Notifications, long Delivered, long GivenUp);

/// <summary>
/// Sends YooKassa's notifications to the shop while it has an address to send them to. Anything but 200 is tried
/// again, here a few times within a minute instead of for 24 hours.
/// </summary>
internal sealed class WebhookSender(TimeProvider clock, PaymentJson json) : IAsyncDisposable
{
    private const int Tries = 6;
    private const int SendingAtOnce = 32;
    private const int WaitingAtOnce = 10_000;

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
    {
        Timeout = TimeSpan.FromSeconds(10),
    };

    private readonly SemaphoreSlim _sending = new(SendingAtOnce);
    private readonly CancellationTokenSource _stopping = new();
    private int _waiting;
    private volatile Target? _target;

    public WebhooksView View() => _target is { } target
        ? new WebhooksView(
            target.Url.AbsoluteUri, Interlocked.Read(ref target.Notifications),
            Interlocked.Read(ref target.Delivered), Interlocked.Read(ref target.GivenUp))
        : new WebhooksView(Url: null, 0, 0, 0);

    public void SendTo(Uri? url) => _target = url is null ? null : new Target(url);

    /// <summary>
    /// Changes a payment and notifies of its new status, if it has one; of a planned one when its time has come.
    /// </summary>
    public PaymentState Change(Payment payment, DateTimeOffset now, Func<PaymentState, PaymentState> change)
    {
        var before = PaymentStatus.Pending;
        var after = payment.Change(now, state =>
        {
            before = state.Status;
            return change(state);
        });

        if (after.Status != before)
            Notify(payment, after);
        if (after.Plan is { } plan && _target is not null)
            Run(() => NotifyOfAsync(plan, payment));
        return after;
    }

    public void NotifyOfRefund(Refund refund) => Notify("refund.succeeded", refund, static (writer, it) =>
        JsonSerializer.Serialize(writer, it, SandboxJson.Default.Refund));

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _http.Dispose();
    }

    private void Notify(Payment payment, PaymentState state)
    {
        if (state.Status != PaymentStatus.Pending)
        {
            Notify($"payment.{state.Status.Name()}", (json, payment, state), static (writer, it) =>
                it.json.Write(writer, it.payment, it.state));
        }
    }

    private void Notify<T>(string occasion, T subject, Action<Utf8JsonWriter, T> write)
    {
        if (_target is not { } target)
            return;

        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "notification"u8);
            writer.WriteString("event"u8, occasion);
            writer.WritePropertyName("object"u8);
            write(writer, subject);
            writer.WriteEndObject();
        }

        var body = buffer.WrittenSpan.ToArray();
        Interlocked.Increment(ref target.Notifications);
        if (!Run(() => DeliverAsync(target, body)))
            Interlocked.Increment(ref target.GivenUp);
    }

    /// <summary>Runs work beside the request that caused it; not if too much is waiting already.</summary>
    private bool Run(Func<Task> work)
    {
        if (Interlocked.Increment(ref _waiting) > WaitingAtOnce)
        {
            Interlocked.Decrement(ref _waiting);
            return false;
        }

        _ = Task.Run(async () =>
        {
            try
            {
                await work();
            }
            catch (Exception) when (_stopping.IsCancellationRequested)
            {
                // The sandbox stops: what has not been delivered is lost, as a hint may be.
            }
            finally
            {
                Interlocked.Decrement(ref _waiting);
            }
        });
        return true;
    }

    private async Task NotifyOfAsync(PlannedChange plan, Payment payment)
    {
        while (plan.At - clock.GetUtcNow() is var wait && wait > TimeSpan.Zero)
            await Task.Delay(wait, clock, _stopping.Token);

        // Another script may have replaced the plan meanwhile.
        var state = payment.At(clock.GetUtcNow());
        if (ReferenceEquals(state.LastPlan, plan))
            Notify(payment, state);
    }

    private async Task DeliverAsync(Target target, byte[] body)
    {
        for (var tried = 0; tried < Tries; tried++)
        {
            if (tried > 0)
                await Task.Delay(TimeSpan.FromSeconds(1 << (tried - 1)), clock, _stopping.Token);
            if (await TryPostAsync(target.Url, body))
            {
                Interlocked.Increment(ref target.Delivered);
                return;
            }
        }
        Interlocked.Increment(ref target.GivenUp);
    }

    private async Task<bool> TryPostAsync(Uri url, byte[] body)
    {
        await _sending.WaitAsync(_stopping.Token);
        try
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var response = await _http.PostAsync(url, content, _stopping.Token);
            return response.StatusCode == System.Net.HttpStatusCode.OK;
        }
        catch (Exception e) when (e is HttpRequestException
            || (e is OperationCanceledException && !_stopping.IsCancellationRequested))
        {
            return false;
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>An address and what was sent to it.</summary>
    private sealed class Target(Uri url)
    {
        public long Notifications;
        public long Delivered;
        public long GivenUp;

        public Uri Url { get; } = url;
    }
}
