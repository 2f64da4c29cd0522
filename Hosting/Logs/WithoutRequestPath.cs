using Serilog.Core;
using Serilog.Events;

namespace CoffeePayment.Hosting.Logs;

/// <summary>
/// Takes the path of the request out of what the web server says of every line: it is whatever somebody typed, a secret
/// in the wrong place included.
/// </summary>
internal sealed class WithoutRequestPath : ILogEventEnricher
{
    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory) =>
        logEvent.RemovePropertyIfPresent("RequestPath");
}
