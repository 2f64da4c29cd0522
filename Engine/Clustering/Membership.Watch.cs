using Orleans.Runtime;

namespace CoffeePayment.Engine.Clustering;

// What this silo does to find out who is dead, and to tell what it found out.
internal sealed partial class Membership
{
    // How long a silo that leaves waits for the others to know, so that they no longer send here.
    private static readonly TimeSpan FarewellTimeout = TimeSpan.FromSeconds(1);

    private readonly Dictionary<SiloAddress, int> _missedProbes = [];
    private readonly HashSet<SiloAddress> _probing = [];

    private void KeepWatchOf(ClusterView view)
    {
        foreach (var silo in _missedProbes.Keys)
        {
            if (view.StatusOf(silo) is SiloStatus.Dead or SiloStatus.None) _missedProbes.Remove(silo);
        }
    }

    private void ProbeOthers()
    {
        if (!_options.LivenessEnabled || _status is not SiloStatus.Active) return;
        foreach (var silo in MembershipRules.Watched(Address, _current, _options.NumProbedSilos))
        {
            if (_probing.Add(silo)) _ = TryAsync(() => ProbeAsync(silo));
        }
    }

    private async Task ProbeAsync(SiloAddress silo)
    {
        var start = _time.GetTimestamp();
        try
        {
            if (await AnswersAsync(silo))
            {
                _missedProbes.Remove(silo);
                return;
            }
        }
        finally
        {
            _probing.Remove(silo);
        }

        // A probe that came back much later than its timeout says that this silo was paused, and nothing of the other.
        if (_time.GetElapsedTime(start) > _options.ProbeTimeout * 1.5 || !EnsureCertain()) return;

        var missed = _missedProbes[silo] = _missedProbes.GetValueOrDefault(silo) + 1;
        ProbeMissed(silo, missed);
        if (missed >= _options.NumMissedProbesLimit) await VoteAsync(silo);
    }

    private async Task VoteAsync(SiloAddress silo)
    {
        var isKilled = false;
        var changed = await ChangeAsync(
            table =>
            {
                isKilled = false;
                if (table.TryGet(Address)?.Item1.Status is not SiloStatus.Active || !EnsureCertain()) return null;
                if (table.TryGet(silo)?.Item1 is not { } suspect || suspect.Status == SiloStatus.Dead) return null;
                var entry = MembershipRules.Vote(Address, suspect, table, _options, UtcNow);
                isKilled = entry?.Status == SiloStatus.Dead;
                return entry;
            },
            CancellationToken.None);
        if (!changed) return;
        if (isKilled)
        {
            // If it lives after all, it need not find out by itself.
            SiloDeclaredDead(silo);
            _ = TellAsync(silo, _current.Version);
        }
        else
        {
            SiloSuspected(silo);
        }

        await TellOthersAsync(TimeSpan.Zero);
    }

    private async Task<bool> AnswersAsync(SiloAddress silo)
    {
        try
        {
            var known = await _questions.AskAsync<MembershipProbe, MembershipKnown>(
                silo, new MembershipProbe(_current.Version), _options.ProbeTimeout);
            Hear(known.Version);
            return true;
        }
        catch (Exception exception)
        {
            // Whatever kept the answer from coming: it is a probe missed.
            ProbeFailed(silo, exception);
            return false;
        }
    }

    // Tells all that live, and waits that long for them to know.
    private async Task TellOthersAsync(TimeSpan patience)
    {
        if (!_options.UseLivenessGossip) return;
        var version = _current.Version;
        var told = _current.Members.Values
            .Where(other => other.Status is not SiloStatus.Dead && !other.SiloAddress.Equals(Address))
            .Select(other => TellAsync(other.SiloAddress, version)).ToList();
        if (patience == TimeSpan.Zero || told.Count == 0) return;
        try
        {
            await Task.WhenAll(told).WaitAsync(patience, _time);
        }
        catch (TimeoutException)
        {
            // They will find it in the table.
        }
    }

    private async Task TellAsync(SiloAddress silo, long version)
    {
        try
        {
            await _questions.AskAsync<MembershipNews, MembershipKnown>(
                silo, new MembershipNews(version), _options.ProbeTimeout);
        }
        catch (Exception exception)
        {
            // It will find it in the table, or with the next probe.
            SiloNotTold(silo, version, exception);
        }
    }
}
