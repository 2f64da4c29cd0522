using System.Collections.Concurrent;
using CoffeePayment.Engine.Activations;
using CoffeePayment.Engine.Hosting;
using CoffeePayment.Engine.Scheduling;
using Orleans;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Clustering;

/// <summary>
/// Keeps a grain from living twice when homes move. A silo ends what does not live on it any more, and tells the others
/// when it is done; until all have told, whoever is to take a grain over asks for its release first.
/// </summary>
internal sealed class Handover : IMembershipObserver
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Silo _silo;
    private readonly ConcurrentDictionary<SiloAddress, long> _handedOver = new();
    private Homes _homes = new(ClusterView.Empty, long.MinValue);
    private long _ownHandedOver = long.MinValue;
    private long _settled = long.MinValue;

    public Handover(Silo silo)
    {
        _silo = silo;
        silo.Questions.Answer<HandedOver, Noted>(Note);
        silo.Questions.Answer<Release, Released>(ReleaseAsync);
    }

    /// <summary>Whether all others have handed over what lives here by the current view.</summary>
    public bool IsSettled => Volatile.Read(ref _settled) == _silo.View.Version;

    public void ViewChanged(ClusterView before, ClusterView now)
    {
        var isSame = now.Active.SequenceEqual(before.Active);
        Volatile.Write(ref _homes, new Homes(now, isSame ? _homes.Since : now.Version));
        foreach (var gone in _handedOver.Keys.Where(silo => !now.Living.Contains(silo)))
            _handedOver.TryRemove(gone, out _);
        Settle();
        _ = _silo.Turns.Run(() => HandOverAsync(now));
    }

    public void DeclaredDead(string reason)
    {
        // What it holds is ended with the silo.
    }

    /// <summary>Waits until the grain can be active here and nowhere else.</summary>
    /// <returns>False: it lives on another silo, or is to end before it has begun.</returns>
    public async Task<bool> ClaimAsync(Activation activation, CancellationToken cancellationToken)
    {
        var grainId = activation.GrainId;
        while (true)
        {
            if (activation.IsEnding || _silo.HomeOf(grainId) is not null) return false;

            var homes = Volatile.Read(ref _homes);
            var released = await Task.WhenAll(Unsettled(homes).Select(
                other => AskForReleaseAsync(other, new Release(grainId, homes.View.Version), cancellationToken)));
            var isCurrent = homes.View.Version == _silo.View.Version;
            if (isCurrent && released.All(isReleased => isReleased)) return true;
            if (released.Length == 0 || isCurrent) await Task.Delay(Pause, _silo.Time, cancellationToken);
        }
    }

    /// <summary>Ends what lives elsewhere by that view, then tells the others.</summary>
    private async Task HandOverAsync(ClusterView view)
    {
        await EndMovedAsync(view);
        if (view.Version > _ownHandedOver) _ownHandedOver = view.Version;
        await Task.WhenAll(Others(view).Select(other => TellAsync(other, new HandedOver(view.Version))));
    }

    private async Task EndMovedAsync(ClusterView view)
    {
        var moved = _silo.Catalog.All.Where(
            activation => view.HomeOf(activation.GrainId) is { } home && !home.Equals(_silo.SiloAddress)).ToList();
        if (moved.Count == 0) return;

        var reason = view.StatusOf(_silo.SiloAddress) == SiloStatus.Active
            ? new DeactivationReason(DeactivationReasonCode.Migrating, "The grain lives on another silo now.")
            : new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The silo is shutting down.");
        foreach (var activation in moved) activation.Deactivate(reason);
        await Task.WhenAll(moved.Select(activation => activation.Deactivated.InTurns()));
        _silo.Log.HandedOver(moved.Count, view.Version);
    }

    private async Task TellAsync(SiloAddress other, HandedOver news)
    {
        try
        {
            await _silo.Questions.AskAsync<HandedOver, Noted>(other, news, AnswerTimeout);
        }
        catch (Exception exception)
        {
            // It asks for what it needs, and learns from the answers.
            _silo.Log.HandoverNotTold(other, exception);
        }
    }

    private ValueTask<Noted> Note(SiloAddress from, HandedOver news)
    {
        Learn(from, news.Version);
        return new(default(Noted));
    }

    private async Task<bool> AskForReleaseAsync(
        SiloAddress other, Release question, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await _silo.Questions.AskAsync<Release, Released>(
                other, question, AnswerTimeout, cancellationToken);
            Learn(other, answer.HandedOver);
            if (answer.Version > question.Version) await _silo.RefreshAsync(answer.Version);
            return answer.IsReleased;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // It is asked again until it answers or is declared dead.
            _silo.Log.NotReleased(question.Grain, other, exception);
            return false;
        }
    }

    private async ValueTask<Released> ReleaseAsync(SiloAddress from, Release question)
    {
        await _silo.RefreshAsync(question.Version);
        var view = _silo.View;
        var isOwn = view.HomeOf(question.Grain) is { } home && home.Equals(_silo.SiloAddress);
        var isReleased = !isOwn && view.Version >= question.Version;
        if (isReleased && _silo.Catalog.Find(question.Grain) is { } activation)
        {
            activation.Deactivate(new DeactivationReason(
                DeactivationReasonCode.Migrating, "The grain lives on another silo now."));
            await activation.Deactivated;
        }

        return new Released(isReleased, view.Version, _ownHandedOver);
    }

    private void Learn(SiloAddress other, long version)
    {
        _handedOver.AddOrUpdate(other, version, (_, known) => Math.Max(known, version));
        Settle();
    }

    private void Settle()
    {
        var homes = Volatile.Read(ref _homes);
        if (Unsettled(homes).Count == 0) Volatile.Write(ref _settled, homes.View.Version);
    }

    private List<SiloAddress> Unsettled(Homes homes) =>
        [.. Others(homes.View).Where(other => _handedOver.GetValueOrDefault(other, long.MinValue) < homes.Since)];

    private IEnumerable<SiloAddress> Others(ClusterView view) =>
        view.Living.Where(silo => !silo.Equals(_silo.SiloAddress));

    /// <param name="View">The view that says where grains live.</param>
    /// <param name="Since">The first version since which they have lived there.</param>
    private sealed record Homes(ClusterView View, long Since);
}

/// <summary>The sender holds no grain that lives elsewhere by that version of membership, or a later one.</summary>
[GenerateSerializer, Immutable, Alias("CoffeePayment.HandedOver")]
internal readonly record struct HandedOver([property: Id(0)] long Version);

/// <summary>It has been heard.</summary>
[GenerateSerializer, Immutable, Alias("CoffeePayment.Noted")]
internal readonly record struct Noted;

/// <summary>Asks to end the grain's activation, because it lives on the asking silo by that version.</summary>
[GenerateSerializer, Immutable, Alias("CoffeePayment.Release")]
internal readonly record struct Release([property: Id(0)] GrainId Grain, [property: Id(1)] long Version);

/// <param name="IsReleased">The grain has no activation on the answering silo, nor will have by that version.</param>
/// <param name="Version">The version that the answering silo knows.</param>
/// <param name="HandedOver">The last version by which it holds nothing that lives elsewhere.</param>
[GenerateSerializer, Immutable, Alias("CoffeePayment.Released")]
internal readonly record struct Released(
    [property: Id(0)] bool IsReleased, [property: Id(1)] long Version, [property: Id(2)] long HandedOver);
