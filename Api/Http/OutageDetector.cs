using System.Data.Common;
using System.Net.Sockets;
using CoffeePayment.Api.Calls;
using Microsoft.Extensions.Options;

namespace CoffeePayment.Api.Http;

/// <summary>Tells what passes by itself (a silo restarts, the storage is away) from bugs.</summary>
internal sealed class OutageDetector(IOptions<ApiOptions> options)
{
    private readonly Func<Exception, bool>? _isOutage = options.Value.IsOutage;

    /// <summary>
    /// Whether the exception, or one that caused it, tells of an outage; a call that was canceled does where the client
    /// is still there, since whoever did it was stopping, or had waited long enough.
    /// </summary>
    public bool IsOutage(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is OperationCanceledException or TimeoutException or OrleansException
                or DbException or IOException or SocketException
                || LostCalls.IsLost(cause)
                || _isOutage?.Invoke(cause) == true)
                return true;
        }

        return false;
    }
}
