using System.Text;
using CoffeePayment.Tests.Processes;
using CoffeePayment.Tests.Support;

namespace CoffeePayment.Tests.Observability;

/// <summary>
/// Secrets planted wherever one can come from (settings, headers, addresses, bodies, the provider's answers), and then
/// looked for in everything that the service printed and logged, with each check logged.
/// </summary>
public sealed class SecretsInLogsTests : IDisposable
{
    private const string SecretKey = "planted-secret-key";
    private const string MachineToken = "planted-machine-token";
    private const string ApiKey = "planted-api-key";
    private const string WrongKey = "planted-wrong-key";
    private const string RedisPassword = "planted-redis-password";
    private const string ClusterSecret = "planted-cluster-secret";
    private const string QueryToken = "planted-query-token";

    private static readonly string Credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"100500:{SecretKey}"));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("coffee-planted-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    public async Task Output_OfALifeWithEveryTrouble_TellsNoSecret(string format)
    {
        await using var provider = await PlantedProvider.StartAsync();
        using var redis = await RedisServer.StartAsync(password: RedisPassword);
        string printed;
        await using (var service = await StartAsync(provider, redis, format))
        {
            await MisbehaveAsync(service.Url);
            await RegisterAsync(service.Url, "order-1", "paid-1");
            await RegisterAsync(service.Url, "order-2", "canceled-1");
            await WhenAsync(service.Url, "order-1", "manual_make");
            await WhenAsync(service.Url, "order-2", "not_paid");
            await service.InterruptAsync();
            printed = service.Output;
        }

        var log = string.Concat(_folder.EnumerateFiles("*.log").Select(file => File.ReadAllText(file.FullName)));
        var words = log.Replace("\\\"", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal);

        Assert.Contains($"Basic {Credentials}", provider.Authorizations);
        Assert.Contains($"Bearer {MachineToken}", provider.Authorizations);
        Assert.Contains($"GET {provider.Url}/v3/payments/paid-1", words);
        Assert.Contains("Order order-1: check 1 of payment paid-1 of merchant default, fast track", words);
        Assert.Contains("order-1: paid -> manual_make", words);
        Assert.All(
            [
                SecretKey, Credentials, MachineToken, ApiKey, WrongKey, RedisPassword, ClusterSecret, QueryToken,
                PlantedProvider.Card,
            ],
            secret => Assert.DoesNotContain(secret, log + printed));
    }

    private Task<ServiceProcess> StartAsync(PlantedProvider provider, RedisServer redis, string format) =>
        ServiceProcess.StartAsync(
            ("LOG_FILE", Path.Combine(_folder.FullName, "service.log")),
            ("LOG_FORMAT", format),
            ("Logging__LogLevel__Default", "Trace"),
            ("REDIS_URL", redis.Url),
            ("CLUSTER_SECRET", ClusterSecret),
            ("API_KEYS", $"{ApiKey},{ApiKey}-2"),
            ("YOOKASSA_ACCOUNT_ID", "100500"),
            ("YOOKASSA_SECRET_KEY", SecretKey),
            ("YOOKASSA_API_URL", $"{provider.Url}/v3"),
            ("TMETR_HOST", provider.Url),
            ("TMETR_TOKEN", MachineToken),
            ("FAST_TRACK_INTERVAL_S", "0.2"));

    /// <summary>Requests of people who put secrets where they do not belong.</summary>
    private static async Task MisbehaveAsync(Uri service)
    {
        using var http = Client(service, WrongKey);
        var card =
            $$"""
            {"event": "payment.succeeded", "object": {"id": "{{PlantedProvider.Card}}", "x": "{{QueryToken}}"} }
            """;
        foreach (var path in (string[])["v1/orders", "v1/webhooks/yookassa", $"v1/webhooks/yookassa?key={QueryToken}"])
            using (await http.PostAsync(path, new StringContent(card))) { }

        using (await http.GetAsync($"v1/orders/order-1?api_key={QueryToken}")) { }
        using (await http.GetAsync($"{QueryToken}/{PlantedProvider.Card}")) { }
        using var owner = Client(service, ApiKey);
        using (await owner.PostAsync("v1/orders", new StringContent(card))) { }
        using (await owner.PostAsync("v1/orders", new StringContent(card[..30] + PlantedProvider.Card))) { }
        using (await owner.GetAsync($"v1/orders?status={PlantedProvider.Card}&token={QueryToken}")) { }
    }

    private static async Task RegisterAsync(Uri service, string orderId, string paymentId)
    {
        using var http = Client(service, ApiKey);
        using var response = await http.PostAsJsonAsync(
            "v1/orders",
            new
            {
                id = orderId,
                payment_scenario = "Yookassa",
                payment_reference_id = paymentId,
                device_uuid = "machine-1",
                drink_number = "7",
                size = "medium",
                price = 15_000,
            });
        Assert.Equal(System.Net.HttpStatusCode.Created, response.StatusCode);
    }

    private static async Task WhenAsync(Uri service, string orderId, string status)
    {
        using var http = Client(service, ApiKey);
        var life = await http.GetStringAsync($"v1/orders/{orderId}/events");
        Assert.Contains($"\"status\":\"{status}\"", life.Split("data: ")[^1]);
    }

    private static HttpClient Client(Uri service, string key) => new()
    {
        BaseAddress = service,
        Timeout = TimeSpan.FromSeconds(60),
        DefaultRequestHeaders = { Authorization = new("Bearer", key) },
    };
}
