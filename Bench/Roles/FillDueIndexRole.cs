using System.Globalization;
using CoffeePayment.Ports;

namespace CoffeePayment.Bench.Roles;

/// <summary>Puts entries that are not due for a day into the due index, through the silo's own adapter.</summary>
internal static class FillDueIndexRole
{
    private const int UnderWayMax = 2_000;

    /// <summary>Fills it, and says how many entries it has then.</summary>
    /// <param name="arguments">How many.</param>
    public static async Task RunAsync(IReadOnlyList<string> arguments)
    {
        await using var silo = await InProcessSilo.ComposeAsync();
        var writer = silo.Services.GetRequiredService<IOrderIndexWriter>();
        var count = int.Parse(arguments[0], CultureInfo.InvariantCulture);
        var dueAt = DateTimeOffset.UtcNow.AddDays(1);
        await Parallel.ForAsync(
            0,
            count,
            new ParallelOptions { MaxDegreeOfParallelism = UnderWayMax },
            (number, stop) => writer.ScheduleAsync($"waiting-{number}", dueAt.AddMilliseconds(number), stop));
        var entries = await silo.Services.GetRequiredService<IPendingPaymentIndex>().CountAsync();
        Console.WriteLine($$"""{"entries":{{entries}}}""");
    }
}
