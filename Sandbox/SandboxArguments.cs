using System.Globalization;

namespace CoffeePayment.Sandbox;

/// <summary>The command line of the sandbox as a process of its own.</summary>
internal static class SandboxArguments
{
    public const string Usage = """
        usage: dotnet run --project Sandbox -- [--urls URL] [--provider-latency-ms N] [--machine-latency-ms N]
                 [--seed N] [--requests-kept N] [--answer-unknown-as-pending PREFIX|'*'] [--default-amount VALUE]
        """;

    /// <summary>Reads pairs of a name and a value; what is left out keeps its default.</summary>
    /// <exception cref="ArgumentException">
    /// An argument is unknown or cannot be read; the message says which.
    /// </exception>
    public static SandboxOptions Parse(string[] arguments)
    {
        var options = new SandboxOptions();
        for (var i = 0; i < arguments.Length; i += 2)
        {
            var value = i + 1 < arguments.Length ? arguments[i + 1] : null;
            if (value is null || !Take(options, arguments[i], value))
                throw new ArgumentException($"Cannot read the argument '{arguments[i]} {value}'.");
        }
        return options;
    }

    private static bool Take(SandboxOptions options, string name, string value)
    {
        var isNumber =
            decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number < 1_000_000_000;
        switch (name)
        {
            case "--urls":
                options.Url = value;
                return true;
            case "--provider-latency-ms":
                options.ProviderLatency = TimeSpan.FromMilliseconds((double)number);
                return isNumber;
            case "--machine-latency-ms":
                options.MachineLatency = TimeSpan.FromMilliseconds((double)number);
                return isNumber;
            case "--seed":
                options.Seed = (int)number;
                return isNumber;
            case "--requests-kept":
                options.RequestsKept = (int)number;
                return isNumber;
            case "--default-amount":
                options.DefaultAmount = number;
                return isNumber;
            case "--answer-unknown-as-pending":
                options.AnswerUnknownAsPending = true;
                options.UnknownIdPrefix = value == "*" ? "" : value;
                return true;
            default:
                return false;
        }
    }
}
