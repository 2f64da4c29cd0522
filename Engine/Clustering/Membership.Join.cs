using Orleans;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Clustering;

// How a silo joins: nobody may be in the way of it, and it must reach all others.
internal sealed partial class Membership
{
    private static readonly TimeSpan JoinRetryDelay = TimeSpan.FromSeconds(1);

    private readonly HashSet<SiloAddress> _reached = [];

    private async Task EnterAsync(CancellationToken cancellationToken)
    {
        await BoundAsync(_table.InitializeMembershipTable(tryInitTableVersion: true));
        foreach (var check in _joinChecks) await check.CheckAsync(_self, cancellationToken);
        ThrowUnlessCompatible((await ReadAsync(long.MaxValue)).Members.Values);
        while (await ChangeAsync(Predecessor, cancellationToken))
        {
        }

        await ReachOthersAsync(cancellationToken);
        _self.IAmAliveTime = UtcNow;

        // Checked with the very table that is written over: of two that join at once, one sees the other.
        var isListed = await ChangeAsync(
            table =>
            {
                ThrowUnlessCompatible(table.Members.Select(member => member.Item1));
                _status = SiloStatus.Joining;
                return Own(table);
            },
            cancellationToken);
        if (!isListed || _isDead)
        {
            _status = SiloStatus.Created;
            throw new OrleansException(
                $"Silo {Address} cannot join: it is listed as dead, or has a successor. Start again.");
        }

        StartTicking();
        await TellOthersAsync(TimeSpan.Zero);
    }

    private void ThrowUnlessCompatible(IEnumerable<MembershipEntry> others) =>
        MembershipRules.ThrowUnlessCompatible(_self, others, _options, UtcNow);

    // An earlier life of this silo, which cannot be alive any more: it would still hold the port.
    private MembershipEntry? Predecessor(MembershipTableData table)
    {
        var earlier = table.Members.Select(member => member.Item1.SiloAddress).FirstOrDefault(silo =>
            silo.Endpoint.Equals(Address.Endpoint) && silo.Generation < Address.Generation
            && table.TryGet(silo)!.Item1.Status != SiloStatus.Dead);
        return earlier is null ? null : Kill(table, earlier);
    }

    private async Task ReachOthersAsync(CancellationToken cancellationToken)
    {
        var start = _time.GetTimestamp();
        while (true)
        {
            var view = await ReadAsync(long.MaxValue);
            var others = view.Active.Where(silo => !silo.Equals(Address) && !_reached.Contains(silo)
                && !MembershipRules.IsStale(view.Members[silo], _options, UtcNow)).ToList();
            var answers = await Task.WhenAll(others.Select(AnswersAsync));
            var silent = others.Where((_, i) => !answers[i]).ToList();
            _reached.UnionWith(others.Except(silent));
            if (silent.Count == 0) return;
            if (_time.GetElapsedTime(start) >= _options.MaxJoinAttemptTime)
            {
                throw new OrleansException(
                    $"Silo {Address} cannot join: it could not reach {string.Join(", ", silent)} "
                    + $"within {_options.MaxJoinAttemptTime}, which the cluster takes for alive.");
            }

            OthersNotReached(string.Join(", ", silent));
            await Task.Delay(JoinRetryDelay, _time, cancellationToken);
        }
    }
}
