using System.Globalization;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Messaging;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Redis;

/// <summary>The gateways of the silos that are listed as active.</summary>
internal sealed class RedisGatewayListProvider(RedisMembershipTable table, IOptions<GatewayOptions> options)
    : IGatewayListProvider
{
    public TimeSpan MaxStaleness => options.Value.GatewayListRefreshPeriod;

    public bool IsUpdatable => true;

    public Task InitializeGatewayListProvider() => table.InitializeMembershipTable(tryInitTableVersion: true);

    public async Task<IList<Uri>> GetGateways() =>
        [.. (await table.ReadAll()).Members.Select(member => member.Item1)
            .Where(entry => entry is { Status: SiloStatus.Active, ProxyPort: > 0 })
            .Select(entry => new Uri(string.Create(
                CultureInfo.InvariantCulture,
                $"gwy.tcp://{new System.Net.IPEndPoint(entry.SiloAddress.Endpoint.Address, entry.ProxyPort)}"
                + $"/{entry.SiloAddress.Generation}")))];
}
