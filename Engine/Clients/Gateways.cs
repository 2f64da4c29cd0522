using System.Globalization;
using System.Net;
using CoffeePayment.Engine.Calls;
using CoffeePayment.Engine.Clustering;
using CoffeePayment.Engine.Wire;
using Orleans;
using Orleans.Messaging;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Clients;

/// <summary>
/// The gateways that a client can use: those that are listed and have answered its greeting. What is lost is looked for
/// again soon, what comes anew is found when the list is read again.
/// </summary>
internal sealed class Gateways(ClientNode client, IGatewayListProvider list, TimeSpan refreshPeriod)
    : IGrainTypes, IDisposable
{
    private static readonly TimeSpan GreetingTimeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan SoonAfterLoss = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<SiloAddress, SiloAddress> _silos = [];
    private volatile Routes _routes = new(ClusterView.Empty, []);
    private volatile ContractManifest? _contracts;
    private ITimer? _timer;
    private volatile bool _isToBeReadSoon;
    private bool _isRefreshing;

    public int Count => _routes.Gateways.Count;

    /// <summary>The gateway of the silo on which the grain lives, as far as is known; null: there is none.</summary>
    public SiloAddress? Towards(GrainId grainId) =>
        _routes is var routes && routes.View.HomeOf(grainId) is { } silo ? routes.Gateways[silo] : null;

    /// <summary>The gateway of that silo; null if it is not known.</summary>
    public SiloAddress? Of(SiloAddress silo) => _routes.Gateways.GetValueOrDefault(silo);

    public GrainType TypeOf(Type interfaceType, string? classNamePrefix) =>
        (_contracts ?? throw new SiloUnavailableException(
            $"No silo has told yet which grains {interfaceType} stands for: the client knows no gateway that answers."))
        .GrainTypeOf(interfaceType, classNamePrefix);

    /// <summary>Reads the list from now on; before that it is to be initialized and read once.</summary>
    public void StartRefreshing() => _timer = client.Time.CreateTimer(
        static self => ((Gateways)self!).Refresh(), this, Next(), Timeout.InfiniteTimeSpan);

    public async Task RefreshAsync()
    {
        var listed = (await list.GetGateways()).Select(ToAddress).ToHashSet();
        await Task.WhenAll(Unknown(listed).Select(GreetAsync));
    }

    /// <summary>It does not answer, or says that it will not for long.</summary>
    public void Lost(SiloAddress gateway)
    {
        lock (_lock)
        {
            if (!_silos.Remove(gateway)) return;
            Publish();
        }

        _isToBeReadSoon = true;
        _timer?.Change(SoonAfterLoss, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _timer?.Dispose();

    // gwy.tcp://address:port/generation
    private static SiloAddress ToAddress(Uri gateway) => SiloAddress.New(
        IPAddress.Parse(gateway.Host),
        gateway.Port,
        int.Parse(gateway.AbsolutePath.TrimStart('/'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));

    private TimeSpan Next() =>
        (Count == 0 || _isToBeReadSoon) && refreshPeriod > SoonAfterLoss ? SoonAfterLoss : refreshPeriod;

    private void Refresh() => _ = client.Turns.Run(async () =>
    {
        if (_isRefreshing) return;
        _isRefreshing = true;
        _isToBeReadSoon = false;
        try
        {
            await RefreshAsync();
        }
        catch (Exception exception)
        {
            client.Log.GatewaysNotRead(exception);
        }

        _isRefreshing = false;
        _timer?.Change(Next(), Timeout.InfiniteTimeSpan);
    });

    // Those that are not listed any more are forgotten by the way.
    private List<SiloAddress> Unknown(HashSet<SiloAddress> listed)
    {
        lock (_lock)
        {
            var gone = _silos.Keys.Where(gateway => !listed.Contains(gateway)).ToList();
            foreach (var gateway in gone) _silos.Remove(gateway);
            if (gone.Count > 0) Publish();
            return [.. listed.Where(gateway => !_silos.ContainsKey(gateway))];
        }
    }

    private async Task GreetAsync(SiloAddress gateway)
    {
        try
        {
            var welcome = await client.Questions.AskAsync<Hello, Welcome>(gateway, default, GreetingTimeout);
            lock (_lock)
            {
                _contracts = welcome.Contracts;
                _silos[gateway] = welcome.Silo;
                Publish();
            }
        }
        catch (Exception exception)
        {
            // It is greeted again when the list is read again, which is soon: it may just be starting.
            client.Log.GatewayNotReached(gateway, exception);
            _isToBeReadSoon = true;
        }
    }

    private void Publish()
    {
        var view = new ClusterView(_routes.View.Version + 1, _silos.Values.Select(
            silo => new MembershipEntry { SiloAddress = silo, Status = SiloStatus.Active }));
        _routes = new Routes(view, _silos.ToDictionary(pair => pair.Value, pair => pair.Key));
        client.Log.GatewaysChanged(_silos.Count);
    }

    private sealed record Routes(ClusterView View, Dictionary<SiloAddress, SiloAddress> Gateways);
}
