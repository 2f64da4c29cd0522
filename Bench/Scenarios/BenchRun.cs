using CoffeePayment.Bench.Measuring;
using CoffeePayment.Bench.Options;
using CoffeePayment.Bench.Processes;
using CoffeePayment.Bench.Reporting;

namespace CoffeePayment.Bench.Scenarios;

/// <summary>What the scenarios of one run share.</summary>
internal sealed class BenchRun(BenchOptions options, ProviderProcess provider, CancellationToken stop)
{
    private readonly List<Figure> _figures = [];

    public BenchOptions Options => options;

    public BenchSizes Sizes => options.Sizes;

    public ProviderProcess Provider => provider;

    public CancellationToken Stop => stop;

    public IReadOnlyList<Figure> Figures => _figures;

    /// <summary>The most CPU that processes other than ours took during a measurement, in cores.</summary>
    public double StrangersCores { get; private set; }

    /// <summary>Tells how far it is.</summary>
    public static void Say(string line) => Console.Error.WriteLine($"{DateTime.Now:HH:mm:ss} {line}");

    public void Add(Figure figure) => _figures.Add(figure);

    public Task<ServiceProcesses> StartServiceAsync(StorageKind storage, int silos) =>
        ServiceProcesses.StartAsync(Sizes, provider.Url, storage, options.SyncsRedis, silos, stop);

    public Task<ServiceProcesses> PrepareServiceAsync(StorageKind storage) =>
        ServiceProcesses.PrepareAsync(Sizes, provider.Url, storage, options.SyncsRedis, stop);

    public Task<BareLoopProcess> StartBareLoopAsync() =>
        BareLoopProcess.StartAsync(Sizes, provider.Url, options.SyncsRedis, stop);

    /// <summary>Watches checks for so long.</summary>
    public async Task<CheckWindow> WatchAsync(ICheckedOrders orders, TimeSpan length)
    {
        var window = await CheckWindow.WatchAsync(orders, provider, length, stop);
        StrangersCores = Math.Max(StrangersCores, window.StrangersCores);
        return window;
    }

    /// <summary>
    /// Measures each storage as often as the options say, in turn, so that the machine's good and bad minutes are
    /// shared.
    /// </summary>
    /// <param name="what">What is measured, as it is said at each repeat.</param>
    /// <param name="silos">On how many silos.</param>
    /// <param name="measureAsync">Measures once.</param>
    public async Task<Dictionary<StorageKind, List<T>>> RepeatAsync<T>(
        string what, int silos, Func<StorageKind, Task<T>> measureAsync)
    {
        var found = Options.Storages.ToDictionary(static storage => storage, static _ => new List<T>());
        for (var repeat = 1; repeat <= Options.Repeats; repeat++)
        {
            foreach (var (storage, repeats) in found)
            {
                Say($"{what} {repeat}/{Options.Repeats}: {On(storage, silos)}");
                repeats.Add(await measureAsync(storage));
            }
        }

        return found;
    }

    /// <summary>Where a figure of the service belongs in the table.</summary>
    public static string On(StorageKind storage, int silos) =>
        $"{(storage == StorageKind.Redis ? "Redis" : "SQLite")}, {silos} silo{(silos == 1 ? "" : "s")}";
}
