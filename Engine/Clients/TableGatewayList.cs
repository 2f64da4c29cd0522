using System.Globalization;
using Orleans;
using Orleans.Messaging;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Clients;

/// <summary>The gateways of the active silos of a membership table.</summary>
internal sealed class TableGatewayList(IMembershipTable table) : IGatewayListProvider
{
    public TimeSpan MaxStaleness => TimeSpan.FromMinutes(1);

    public bool IsUpdatable => true;

    public Task InitializeGatewayListProvider() => table.InitializeMembershipTable(tryInitTableVersion: false);

    public async Task<IList<Uri>> GetGateways() =>
    [
        .. (await table.ReadAll()).Members.Select(member => member.Item1)
            .Where(entry => entry is { Status: SiloStatus.Active, ProxyPort: > 0 })
            .Select(entry => ToUri(entry.SiloAddress, entry.ProxyPort)),
    ];

    private static Uri ToUri(SiloAddress silo, int port) => new(string.Create(
        CultureInfo.InvariantCulture, $"gwy.tcp://{silo.Endpoint.Address}:{port}/{silo.Generation}"));
}
