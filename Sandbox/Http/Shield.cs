namespace CoffeePayment.Sandbox.Http;

/// <summary>
/// Turns what handlers throw into answers; the connection is closed where an answer has already begun.
/// </summary>
internal sealed class Shield(RequestDelegate next, Action<Exception>? onFailure)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone away: nobody is left to be answered.
        }
        catch (BadHttpRequestException e)
        {
            Answer(context, e.StatusCode, e.Message);
        }
        catch (Exception e)
        {
            onFailure?.Invoke(e);
            Answer(context, StatusCodes.Status500InternalServerError, $"The sandbox has failed: {e.GetType().Name}");
        }
    }

    private static void Answer(HttpContext context, int status, string title)
    {
        if (context.Response.HasStarted)
            context.Abort();
        else
            Problem.Send(context, status, title);
    }
}
