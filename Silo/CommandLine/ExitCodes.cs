namespace CoffeePayment.Silo.CommandLine;

/// <summary>How commands end. Scripts rely on them.</summary>
internal static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>
    /// The service said no: there is no such order, its rules forbid it, a field is wrong; or an import had lines that
    /// were refused. Of <c>run</c>: it broke, or an order of the demo did not end as its script says.
    /// </summary>
    public const int Refused = 1;

    /// <summary>The command line or a setting is wrong; nothing was done.</summary>
    public const int Usage = 2;

    /// <summary>The service could not be reached, or did not answer in time.</summary>
    public const int Unreachable = 3;

    /// <summary>The service asks for an API key, or does not take this one.</summary>
    public const int NotLetIn = 4;

    /// <summary>
    /// The service answers and cannot do it now: not ready, an outage, too many requests, a fault of its own.
    /// </summary>
    public const int Unable = 5;

    /// <summary>Stopped by Ctrl+C or a signal, as shells have it.</summary>
    public const int Interrupted = 130;

    /// <summary>The same for <c>--help</c>.</summary>
    public const string Help =
        """
        Exit codes:
          0    done
          1    the service said no: no such order, its rules forbid it, a field is wrong; import: lines were refused
          2    the command line or a setting is wrong; nothing was done
          3    the service could not be reached, or did not answer in time
          4    the service asks for an API key, or does not take this one
          5    the service answers and cannot do it now: not ready, an outage, too many requests
          130  stopped by Ctrl+C

        """;
}
