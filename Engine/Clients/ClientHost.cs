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
        while (await TryConnectAsync() is { } exception)
        {
            if (filters.LastOrDefault() is { } filter
                && await filter.ShouldRetryConnectionAttempt(exception, cancellationToken))
                continue;

            throw new OrleansException("The client could not connect to the cluster.", exception);
        }

        client.Gateways.StartRefreshing();
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        client.Gateways.Dispose();
        await client.Network.StopAsync(cancellationToken);
        client.Caller.Pending.FailAll(new SiloUnavailableException("The client has stopped."));
        client.Caller.Dispose();
    }

    private async Task<Exception?> TryConnectAsync()
    {
        try
        {
            await list.InitializeGatewayListProvider();
            await client.Turns.Run(client.Gateways.RefreshAsync);
        }
        catch (Exception exception)
        {
            return exception;
        }

        return client.Gateways.Count > 0 ? null
            : new SiloUnavailableException("No gateway answers.");
    }
}
