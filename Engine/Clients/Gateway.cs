using System.Collections.Concurrent;
using CoffeePayment.Engine.Clustering;
using CoffeePayment.Engine.Hosting;
using CoffeePayment.Engine.Wire;
using Orleans;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Clients;

/// <summary>A silo's side towards clients: greets those that come, and says good-bye when the silo leaves.</summary>
internal sealed class Gateway
{
    private static readonly TimeSpan FarewellTimeout = TimeSpan.FromSeconds(2);

    private readonly Silo _silo;
    private readonly ConcurrentDictionary<SiloAddress, bool> _clients = new();

    public Gateway(Silo silo)
    {
        _silo = silo;
        silo.Questions.Answer<Hello, Welcome>(Greet);
    }

    /// <summary>Tells all clients to call other silos; when they have heard, no more calls come from them.</summary>
    public Task CloseAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_clients.Keys.Select(client => DismissAsync(client, cancellationToken)));

    public void Forget(SiloAddress client) => _clients.TryRemove(client, out _);

    private ValueTask<Welcome> Greet(SiloAddress client, Hello hello)
    {
        _clients[client] = true;
        return new(new Welcome(_silo.SiloAddress, _silo.Contracts));
    }

    private async Task DismissAsync(SiloAddress client, CancellationToken cancellationToken)
    {
        try
        {
            await _silo.Questions.AskAsync<Farewell, Noted>(client, default, FarewellTimeout, cancellationToken);
        }
        catch (Exception exception)
        {
            // It is gone, or will find out.
            _silo.Log.MessageLost(Messaging.MessageKind.Question, client, exception);
        }
    }
}

/// <summary>A client's first words to a gateway.</summary>
[GenerateSerializer, Immutable, Alias("CoffeePayment.Hello")]
internal readonly record struct Hello;

/// <param name="Silo">The silo behind the gateway.</param>
/// <param name="Contracts">Which grain classes there are for which interfaces.</param>
[GenerateSerializer, Immutable, Alias("CoffeePayment.Welcome")]
internal sealed record Welcome([property: Id(0)] SiloAddress Silo, [property: Id(1)] ContractManifest Contracts);

/// <summary>The gateway is about to close.</summary>
[GenerateSerializer, Immutable, Alias("CoffeePayment.Farewell")]
internal readonly record struct Farewell;
