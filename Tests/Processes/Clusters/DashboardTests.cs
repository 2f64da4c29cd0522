using System.Net;
using System.Net.Http.Headers;

namespace CoffeePayment.Tests.Processes.Clusters;

/// <summary>The dashboard where operators look for it: on every silo, and on the API in front of them.</summary>
[Collection(ProcessClusters.Name)]
public sealed class DashboardTests
{
    private const string Key = "a-key-of-the-operators";

    [Fact]
    public async Task Dashboard_OnASiloAndInFrontOfIt_IsThereForThoseWhoHaveAKey()
    {
        await using var cluster = await ClusterProcesses.StartAsync(silos: 1, ("API_KEYS", Key));

        foreach (var process in new[] { cluster.Silos[0].Process, cluster.Api })
        {
            var (refused, _) = await GetAsync(process, key: null);
            var (status, page) = await GetAsync(process, Key);

            Assert.Equal(HttpStatusCode.Unauthorized, refused);
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.Contains("<title>Orleans ", page, StringComparison.OrdinalIgnoreCase);
        }
    }

    private static async Task<(HttpStatusCode Status, string Content)> GetAsync(ServiceProcess process, string? key)
    {
        using var http = new HttpClient();
        if (key is not null) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);

        using var answer = await http.GetAsync(new Uri(process.Url, "dashboard/"));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
