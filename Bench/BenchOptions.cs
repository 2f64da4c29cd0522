using System.Globalization;

namespace CoffeePayment.Bench;

/// <summary>The sizes of a benchmark.</summary>
internal sealed record BenchOptions
{
    public const string Usage = "usage: ./bench [--orders N] [--latency-ms N] [--seconds N]";

    /// <summary>Pending orders on the fast track: a check each every 5 s. 1 to 200,000; default 5,000.</summary>
    public int Orders { get; private init; } = 5_000;

    /// <summary>How long every answer of the provider takes. 0 to 2,000 ms; default 50.</summary>
    public int LatencyMs { get; private init; } = 50;

    /// <summary>How long checks are watched after the last registration. 10 to 280 s, the fast track's length; default 40.</summary>
    public int Seconds { get; private init; } = 40;

    /// <summary>Reads pairs of a name and a value; what is left out keeps its default.</summary>
    /// <exception cref="ArgumentException">An argument is unknown, not a number, or out of its range.</exception>
    public static BenchOptions Parse(string[] arguments)
    {
        var options = new BenchOptions();
        for (var i = 0; i < arguments.Length; i += 2)
        {
            var value = i + 1 < arguments.Length ? arguments[i + 1] : "";
            options = arguments[i] switch
            {
                "--orders" => options with { Orders = Number(arguments[i], value, 1, 200_000) },
                "--latency-ms" => options with { LatencyMs = Number(arguments[i], value, 0, 2_000) },
                "--seconds" => options with { Seconds = Number(arguments[i], value, 10, 280) },
                _ => throw new ArgumentException($"There is no option {arguments[i]}."),
            };
        }

        return options;
    }

    private static int Number(string name, string value, int min, int max) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= min
            && number <= max
            ? number
            : throw new ArgumentException($"{name} is '{value}': it must be a whole number from {min} to {max}.");
}
