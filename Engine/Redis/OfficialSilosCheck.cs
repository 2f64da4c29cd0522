using CoffeePayment.Engine.Clustering;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;
using StackExchange.Redis;

namespace CoffeePayment.Engine.Redis;

/// <summary>
/// Keeps this silo from joining while silos on the official packages serve the same service, under whatever cluster id:
/// the two do not form one cluster, and both would act on the same grains.
/// </summary>
internal sealed class OfficialSilosCheck(
    RedisMembershipTable table,
    IOptions<ClusterOptions> cluster,
    IOptions<ClusterMembershipOptions> membership,
    TimeProvider time) : IJoinCheck
{
    private const int KeysAtOnce = 5000;

    public async Task CheckAsync(MembershipEntry self, CancellationToken cancellationToken)
    {
        var official = (await ReadAllListsAsync(cancellationToken)).Where(IsLivingAndOfficial)
            .Select(entry => entry.SiloAddress.ToString()).ToList();
        if (official.Count == 0) return;

        throw new OrleansConfigurationException(
            $"This silo does not start: {string.Join(", ", official)} of service {cluster.Value.ServiceId} "
            + "run on the official Orleans packages, and the embedded engine does not form one cluster with them. "
            + "Stop them first, or start this silo on the official packages.");
    }

    private bool IsLivingAndOfficial(MembershipEntry entry)
    {
        var options = membership.Value;
        var freshSince = time.GetUtcNow().UtcDateTime
            - (options.IAmAliveTablePublishTimeout * options.NumMissedTableIAmAliveLimit);

        // The official packages write the name of the program there, whatever that is.
        return !entry.RoleName.StartsWith(MembershipRules.RolePrefix, StringComparison.Ordinal)
            && entry.Status is not (SiloStatus.None or SiloStatus.Dead)
            && entry.IAmAliveTime >= freshSince;
    }

    private async Task<List<MembershipEntry>> ReadAllListsAsync(CancellationToken cancellationToken)
    {
        var client = await table.Client;
        var entries = new List<MembershipEntry>();
        var pattern = $"{Literally(cluster.Value.ServiceId)}/members/*";
        var cursor = "0";
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            var from = cursor;
            var page = (RedisResult[])(await client.CallAsync("look for other clusters", database =>
                database.ExecuteAsync("SCAN", from, "MATCH", pattern, "COUNT", KeysAtOnce)))!;
            cursor = (string)page[0]!;
            foreach (var key in (RedisKey[])page[1]!)
            {
                var fields = await client.CallAsync(
                    "look at another cluster", database => database.HashGetAllAsync(key));
                entries.AddRange(fields
                    .Where(field => ((string)field.Value!).StartsWith('{'))
                    .Select(field => MemberJson.Read(field.Value!)));
            }
        }
        while (cursor != "0");

        return entries;
    }

    // Without what patterns give a meaning to.
    private static string Literally(string text) => string.Concat(
        text.Select(letter => "\\*?[]^-".Contains(letter) ? $"\\{letter}" : letter.ToString()));
}
