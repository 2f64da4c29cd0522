using System.Diagnostics;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CoffeePayment.Bench.Processes;
using StackExchange.Redis;

namespace CoffeePayment.Bench.Roles;

/// <summary>
/// The least that a check can be without any framework around it: a GET through a pooled HttpClient, the status out of
/// its JSON, one compare-and-set of the order's state in Redis, one ZADD. Each order has its phase in the interval.
/// </summary>
internal sealed class BareLoop : IDisposable
{
    private const string CompareAndSet = """
        if redis.call('HGET', KEYS[1], 'etag') ~= ARGV[1] then return 0 end
        redis.call('HSET', KEYS[1], 'etag', ARGV[2], 'data', ARGV[3])
        return 1
        """;

    /// <summary>About what an order takes as JSON.</summary>
    private const int StateBytes = 700;

    private const string Path = "v3/payments/" + ProviderProcess.PaymentPrefix;

    private const int AddedAtATime = 1_000;

    /// <summary>Multiples of it fall evenly into an interval however many they are.</summary>
    private const double GoldenRatio = 0.6180339887498949;

    private static readonly RedisKey DueIndex = "bare/pending";
    private static readonly RedisValue State = new string('x', StateBytes);

#pragma warning disable CA5350 // The protocol names scripts by their SHA-1; nothing is kept secret by it.
    private static readonly byte[] ScriptHash = SHA1.HashData(Encoding.UTF8.GetBytes(CompareAndSet));
#pragma warning restore CA5350

    private readonly HttpClient _client;
    private readonly IDatabase _redis;
    private readonly Uri _provider;
    private readonly int _intervalMs;
    private readonly Lock _adding = new();
    private readonly List<BareOrder>[] _byPhase;
    private int _orders;
    private long _failures;

    public BareLoop(Uri provider, IDatabase redis, TimeSpan interval, TimeSpan timeout)
    {
        _provider = provider;
        _redis = redis;
        _intervalMs = (int)interval.TotalMilliseconds;
        _byPhase = [.. Enumerable.Range(0, _intervalMs).Select(static _ => new List<BareOrder>())];
        _client = new HttpClient(new SocketsHttpHandler
        {
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),

            // As in the service: after a stall of the machine all orders are due at once, and files would run out.
            MaxConnectionsPerServer = 2048,
        })
        {
            Timeout = timeout,
        };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String("sandbox:sandbox"u8));
    }

    /// <summary>Checks that did not end as they should.</summary>
    public long Failures => Volatile.Read(ref _failures);

    /// <summary>Adds orders between those that are there; how many there are then.</summary>
    public async Task<int> AddAsync(int count)
    {
        await _redis.ScriptEvaluateAsync(CompareAndSet, ["bare/script"], ["", "", ""]);
        foreach (var numbers in Enumerable.Range(_orders, count).Chunk(AddedAtATime))
        {
            var orders = Array.ConvertAll(
                numbers,
                number => new BareOrder(this, number, new Uri(_provider, Path + number)));
            await Task.WhenAll(orders.Select(order => _redis.HashSetAsync(
                order.Key, [new HashEntry("etag", order.Etag), new HashEntry("data", State)])));
            lock (_adding)
            {
                foreach (var order in orders)
                    _byPhase[(int)(_orders++ * GoldenRatio % 1 * _intervalMs)].Add(order);
            }
        }

        return _orders;
    }

    /// <summary>Starts each check when it is due, until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var started = Stopwatch.GetTimestamp();
        var doneMs = 0L;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (await timer.WaitForNextTickAsync(stop))
        {
            lock (_adding)
            {
                for (var nowMs = (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds; doneMs < nowMs; doneMs++)
                {
                    foreach (var order in _byPhase[doneMs % _intervalMs])
                        ThreadPool.UnsafeQueueUserWorkItem(order, preferLocal: false);
                }
            }
        }
    }

    /// <summary>One check.</summary>
    public async Task CheckAsync(BareOrder order)
    {
        try
        {
            if (await AskAsync(order.Address) != "pending") throw new InvalidOperationException("It is not pending.");

            RedisValue etag = Guid.NewGuid().ToString("N");
            var isWritten = await _redis.ScriptEvaluateAsync(ScriptHash, [order.Key], [order.Etag, etag, State]);
            if (!(bool)isWritten) throw new InvalidOperationException("Somebody else wrote it.");

            order.Etag = etag;
            var dueMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() + _intervalMs;
            await _redis.SortedSetAddAsync(DueIndex, order.Id, dueMs);
        }
        catch (Exception)
        {
            Interlocked.Increment(ref _failures);
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<string?> AskAsync(Uri address)
    {
        using var response = await _client.GetAsync(address);
        response.EnsureSuccessStatusCode();
        using var payment = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        return payment.RootElement.GetProperty("status").GetString();
    }
}
