using System.Net;
using System.Text;
using CoffeePayment.Bench.Measuring;
using CoffeePayment.Bench.Options;
using CoffeePayment.Hosting.Clustering;

namespace CoffeePayment.Bench.Processes;

/// <summary>The service: one silo or several, with the Redis that they share if there is one.</summary>
internal sealed class ServiceProcesses : ICheckedOrders
{
    private readonly BenchSizes _sizes;
    private readonly Uri _provider;
    private readonly DirectoryInfo _folder;
    private readonly List<(MeasuredProcess Process, HttpClient Client)> _silos = [];
    private RedisProcess? _redis;

    private ServiceProcesses(BenchSizes sizes, Uri provider)
    {
        _sizes = sizes;
        _provider = provider;
        _folder = Directory.CreateTempSubdirectory("coffee-bench-");
    }

    public string Name { get; private init; } = "";

    public int Orders { get; private set; }

    public TimeSpan CpuTime => _silos.Aggregate(TimeSpan.Zero, static (sum, silo) => sum + silo.Process.CpuTime);

    public TimeSpan? RedisCpuTime => _redis?.CpuTime;

    public RedisProcess? Redis => _redis;

    /// <summary>Where SQLite keeps its database.</summary>
    public string Folder => _folder.FullName;

    /// <summary>One silo's address, for calls other than registrations.</summary>
    public HttpClient Client => _silos[0].Client;

    /// <summary>Starts everything; it is ready when the task completes.</summary>
    public static async Task<ServiceProcesses> StartAsync(
        BenchSizes sizes, Uri provider, StorageKind storage, bool syncsRedis, int silos, CancellationToken stop)
    {
        var service = await PrepareAsync(sizes, provider, storage, syncsRedis, stop);
        try
        {
            for (var i = 0; i < silos; i++) await service.StartSiloAsync(stop);
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    /// <summary>The storage alone, so that something can be put into it before the first silo starts.</summary>
    public static async Task<ServiceProcesses> PrepareAsync(
        BenchSizes sizes, Uri provider, StorageKind storage, bool syncsRedis, CancellationToken stop) =>
        new(sizes, provider)
        {
            Name = storage == StorageKind.Redis ? "Redis" : "SQLite",
            _redis = storage == StorageKind.Redis ? await RedisProcess.StartAsync(syncsRedis, stop) : null,
        };

    /// <summary>Adds a silo.</summary>
    public async Task StartSiloAsync(CancellationToken stop)
    {
        var url = new Uri($"http://127.0.0.1:{FreePort.OfLoopback()}/");
        var process = MeasuredProcess.Start("dotnet", BuiltPrograms.Run("Silo"), Settings(url));
        process.IgnoreOutput();
        var client = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = Timeout.InfiniteTimeSpan })
        {
            BaseAddress = url,
        };
        _silos.Add((process, client));
        await Readiness.WaitAsync(
            "The silo",
            process,
            async () =>
            {
                using var response = await client.GetAsync("health/ready", stop);
                return response.IsSuccessStatusCode;
            },
            stop);
    }

    /// <summary>What a silo of this service has in its environment.</summary>
    public Dictionary<string, string> Settings(Uri url) =>
        SiloSettings.Create(_sizes, _provider, url, Folder, _redis?.Url);

    /// <summary>SIGKILL to every silo; the storage stays.</summary>
    public async Task KillSilosAsync()
    {
        foreach (var (process, client) in _silos)
        {
            await process.DisposeAsync();
            client.Dispose();
        }

        _silos.Clear();
    }

    public Task AddAsync(int count, TimeSpan over, CancellationToken stop) =>
        RegisterAsync(count, new Pace(count / over.TotalSeconds), stop);

    /// <summary>
    /// Registers orders through HTTP at that pace, each silo in turn; how long each took, in milliseconds.
    /// </summary>
    public async Task<double[]> RegisterAsync(int count, Pace pace, CancellationToken stop)
    {
        var first = Orders;
        Orders += count;
        return await OpenLoop.RunAsync(count, pace, number => RegisterOneAsync(first + number, stop), stop);
    }

    public async Task<MetricsText?> ReadMetricsAsync(CancellationToken stop) => MetricsText.Parse(
        await Task.WhenAll(_silos.Select(silo => silo.Client.GetStringAsync("metrics", stop))));

    /// <summary>How many orders each silo looks after.</summary>
    public async Task<IReadOnlyList<double>> ReadOrdersHeldAsync(CancellationToken stop)
    {
        var texts = await Task.WhenAll(_silos.Select(silo => silo.Client.GetStringAsync("metrics", stop)));
        return [.. texts.Select(static text => MetricsText.Parse([text]).Sum("coffee_orders_active"))];
    }

    public async ValueTask DisposeAsync()
    {
        await KillSilosAsync();
        if (_redis is not null) await _redis.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task RegisterOneAsync(int number, CancellationToken stop)
    {
        var body = $$"""
            {"id":"bench-{{number}}","payment_reference_id":"{{ProviderProcess.PaymentPrefix}}{{number}}",
            "payment_scenario":"Yookassa","device_uuid":"bench-machine","drink_number":"1","size":"small","price":10000}
            """;
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        using var response = await _silos[number % _silos.Count].Client.PostAsync("v1/orders", content, stop);

        // 200 where the API repeated a call that took too long; it is measured all the same.
        if (response.StatusCode is not (HttpStatusCode.Created or HttpStatusCode.OK))
            throw new InvalidOperationException($"A registration was answered with {(int)response.StatusCode}.");
    }
}
