using System.Globalization;
using StackExchange.Redis;

namespace CoffeePayment.Bench.Roles;

/// <summary>The bare loop as a process: each line that it reads is a number of orders to add.</summary>
internal static class BareLoopRole
{
    /// <summary>Runs until its input ends.</summary>
    /// <param name="arguments">
    /// The provider's address, that of Redis, the interval and the timeout in milliseconds.
    /// </param>
    public static async Task RunAsync(IReadOnlyList<string> arguments)
    {
        await using var redis = await ConnectAsync(arguments[1]);
        using var loop = new BareLoop(
            new Uri(arguments[0]), redis.Database, Milliseconds(arguments[2]), Milliseconds(arguments[3]));
        using var stopping = new CancellationTokenSource();
        var running = loop.RunAsync(stopping.Token);
        Console.WriteLine("""{"orders":0}""");

        // Reading the console blocks, and this may be the thread that hands out the answers of Redis.
        while (await Task.Run(Console.In.ReadLine) is { } line)
        {
            var orders = await loop.AddAsync(int.Parse(line, CultureInfo.InvariantCulture));
            Console.WriteLine($$"""{"orders":{{orders}},"failures":{{loop.Failures}}}""");
        }

        await stopping.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static TimeSpan Milliseconds(string text) =>
        TimeSpan.FromMilliseconds(double.Parse(text, CultureInfo.InvariantCulture));

    private static async Task<Connection> ConnectAsync(string address) =>
        new(await ConnectionMultiplexer.ConnectAsync(address));

    // StackExchange.Redis 1 knows no asynchronous disposal.
    private sealed class Connection(ConnectionMultiplexer multiplexer) : IAsyncDisposable
    {
        public IDatabase Database => multiplexer.GetDatabase();

        public async ValueTask DisposeAsync() => await multiplexer.CloseAsync();
    }
}
