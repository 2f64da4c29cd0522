using System.Net;
using System.Text;

namespace CoffeePayment.Tests.Faults.StandIns;

/// <summary>How a server answers when it does not answer as it should.</summary>
internal static class Misbehaviour
{
    private static readonly TimeSpan BytePause = TimeSpan.FromMilliseconds(100);

    /// <summary>Whether an answer is spoilt, how, and with what it would have said.</summary>
    public delegate Task Spoil(HttpContext context, byte[] answer);

    /// <summary>Nothing comes, until the other side gives up.</summary>
    public static async Task HangAsync(HttpContext context, byte[] answer)
    {
        var gone = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }

    /// <summary>The right answer, ten bytes a second: each byte comes in time, the whole does not.</summary>
    public static async Task TrickleAsync(HttpContext context, byte[] answer)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = answer.Length;
        using var pace = new PeriodicTimer(BytePause);
        foreach (var value in answer)
        {
            if (context.RequestAborted.IsCancellationRequested) return;

            await context.Response.Body.WriteAsync(new[] { value }, CancellationToken.None);
            await context.Response.Body.FlushAsync(CancellationToken.None);
            await pace.WaitForNextTickAsync();
        }
    }

    /// <summary>The right answer, and after it bytes without end.</summary>
    public static async Task FloodAsync(HttpContext context, byte[] answer)
    {
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(answer);
        var blanks = new byte[64 * 1024];
        Array.Fill(blanks, (byte)' ');
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.Body.WriteAsync(blanks, CancellationToken.None);

            // Once the other side is gone writes return at once, and what tells so waits for a thread like this one.
            await Task.Yield();
        }
    }

    /// <summary>The right answer with some of its bytes wrong.</summary>
    public static Task GarbleAsync(HttpContext context, byte[] answer)
    {
        var garbled = answer.ToArray();
        for (var i = 0; i < garbled.Length; i += 7) garbled[i] ^= 0x55;
        context.Response.ContentType = "application/json";
        return context.Response.Body.WriteAsync(garbled).AsTask();
    }

    /// <summary>Half of the right answer, and the connection is gone.</summary>
    public static async Task BreakOffAsync(HttpContext context, byte[] answer)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = answer.Length;
        await context.Response.Body.WriteAsync(answer.AsMemory(0, answer.Length / 2));
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    /// <summary>No answer: the connection is closed when the request has been read.</summary>
    public static Task HangUpAsync(HttpContext context, byte[] answer)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    /// <summary>One of some statuses in turn, with a body that is not the provider's.</summary>
    public static Spoil Status(params int[] statuses)
    {
        var next = -1;
        return (context, _) => AnswerAsync(
            context, statuses[(uint)Interlocked.Increment(ref next) % statuses.Length], "<html>No.</html>");
    }

    /// <summary>429 with one of some values of Retry-After in turn; null: without it.</summary>
    public static Spoil TooMany(params string?[] retryAfter)
    {
        var next = -1;
        return (context, _) =>
        {
            var value = retryAfter[(uint)Interlocked.Increment(ref next) % retryAfter.Length];
            if (value is not null) context.Response.Headers.RetryAfter = value;
            return AnswerAsync(
                context,
                StatusCodes.Status429TooManyRequests,
                """{"type":"error","id":"1","code":"too_many_requests","description":"Slower."}""");
        };
    }

    private static Task AnswerAsync(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        if (status is (int)HttpStatusCode.NoContent or (int)HttpStatusCode.NotModified) return Task.CompletedTask;

        if (status is >= 300 and < 400) context.Response.Headers.Location = "/elsewhere";
        return context.Response.WriteAsync(body, Encoding.UTF8);
    }
}
