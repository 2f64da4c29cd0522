using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Messaging;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Clients;

/// <summary>Connects the client to the cluster when its host starts, and ends that when the host stops.</summary>
internal sealed class ClientHost(
    ClientNode client, IGatewayListProvider list, IEnumerable<IClientConnectionRetryFilter> filters) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await client.Network.StartAsync(client, cancellationToken);
        for (var isConnected = false; !isConnected;) isConnected = await ConnectAsync(cancellationToken);
        client.Gateways.StartRefreshing();
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        client.Gateways.Dispose();
        await client.Network.StopAsync(cancellationToken);
        client.Caller.Pending.FailAll(new SiloUnavailableException("The client has stopped."));
        client.Caller.Dispose();
    }

    /// <summary>Whether there is a gateway now; false: it is to be tried again.</summary>
    private async Task<bool> ConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            await list.InitializeGatewayListProvider();
            await client.Turns.Run(client.Gateways.RefreshAsync);
            return client.Gateways.Count > 0 ? true : throw new SiloUnavailableException("No gateway answers.");
        }
        catch (Exception exception) when (filters.LastOrDefault() is { } filter)
        {
            if (!await filter.ShouldRetryConnectionAttempt(exception, cancellationToken)) throw;
            return false;
        }
    }
}
