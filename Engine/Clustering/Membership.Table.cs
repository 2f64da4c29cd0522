using Orleans;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Clustering;

// Reads and writes of the table: one at a time, so that what is read is never older than what was written.
internal sealed partial class Membership
{
    // More than silos that write at the same time: each round of theirs has one winner.
    private const int AttemptsMax = 20;

    // A table that does not answer must not hold up what comes next.
    private static readonly TimeSpan TableTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan RetryDelayMax = TimeSpan.FromSeconds(1);

    private Task _tableWork = Task.CompletedTask;
    private Task<ClusterView>? _nextRead;
    private long _wantedVersion = long.MinValue;
    private bool _isRestoring;
    private DateTime _lastListed;

    // Those who ask before it begins share one read: a table that does not answer is not waited for once for each.
    private Task<ClusterView> ReadAsync(long minimumVersion)
    {
        _wantedVersion = Math.Max(_wantedVersion, minimumVersion);
        if (_nextRead is not null) return _nextRead;

        var hasBegun = false;
        var read = InOrderAsync(async () =>
        {
            hasBegun = true;
            var wanted = _wantedVersion;
            (_nextRead, _wantedVersion) = (null, long.MinValue);

            // Whoever went before may have read it.
            if (_current.Version < wanted) Take(await BoundAsync(_table.ReadAll()));
            return _current;
        });
        if (!hasBegun) _nextRead = read;
        return read;
    }

    // Writes what the decision makes of the table as it is; null: nothing. Decides anew when somebody else was faster.
    private Task<bool> ChangeAsync(
        Func<MembershipTableData, MembershipEntry?> decide, CancellationToken cancellationToken) =>
        InOrderAsync(async () =>
        {
            for (var attempt = 0; attempt < AttemptsMax; attempt++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var table = await BoundAsync(_table.ReadAll());
                if (decide(table) is not { } entry)
                {
                    Take(table);
                    return false;
                }

                if (await TryWriteAsync(table, entry))
                {
                    Take(await BoundAsync(_table.ReadAll()));
                    return true;
                }

                await Task.Delay(DelayAfter(attempt), _time, cancellationToken);
            }

            throw new OrleansException(
                $"Silo {Address} could not change the membership table in {AttemptsMax} attempts.");
        });

    private Task<bool> TryWriteAsync(MembershipTableData table, MembershipEntry entry)
    {
        var known = (int)Math.Max(_current.Version, 0);
        var version = new TableVersion(Math.Max(known, table.Version.Version) + 1, table.Version.VersionEtag);
        return BoundAsync(table.TryGet(entry.SiloAddress) is { } row
            ? _table.UpdateRow(entry, row.Item2, version)
            : _table.InsertRow(entry, version));
    }

    private void Take(MembershipTableData table)
    {
        if (_isDead) return;
        if (FateOf(table) is { } fate)
        {
            Die(fate);
            return;
        }

        if (table.TryGet(Address) is not null) _lastListed = UtcNow;
        if (IsLost(table))
        {
            if (!_isRestoring) _ = TryAsync(RestoreAsync);
            return;
        }

        // Heartbeats and removals of the dead have no version of their own.
        var before = _current;
        if (table.Version.Version < before.Version) return;
        var now = new ClusterView(table.Version.Version, table.Members.Select(member => member.Item1));
        _current = now;
        if (now.Version == before.Version) return;
        foreach (var observer in _observers) observer.ViewChanged(before, now);
        MembersChanged(Address, now.Version, string.Join(", ", now.Active));
        KeepWatchOf(now);
    }

    // Why this silo is no longer a member; null: it is.
    private string? FateOf(MembershipTableData table)
    {
        if (_status is SiloStatus.Created or SiloStatus.Dead) return null;
        if (table.TryGet(Address)?.Item1 is { Status: SiloStatus.Dead } own)
            return $"Silo {Address} was declared dead: {own.ToFullString()}.";

        var successor = table.Members.Select(member => member.Item1.SiloAddress).FirstOrDefault(IsSuccessor);
        if (successor is not null) return $"Silo {Address} has a successor at its endpoint: {successor}.";

        // Only the long dead are removed. If this one was listed more lately, the table has been lost.
        return table.TryGet(Address) is null && _lastListed != default
            && UtcNow - _lastListed >= _options.DefunctSiloExpiration
            ? $"Silo {Address} is not listed any more."
            : null;
    }

    private bool IsSuccessor(SiloAddress silo) =>
        silo.Endpoint.Equals(Address.Endpoint) && silo.Generation > Address.Generation;

    // Living silos never vanish from a table, and its version never falls, unless Redis has lost it.
    private bool IsLost(MembershipTableData table) => _status is not SiloStatus.Dead
        && (table.Version.Version < _current.Version || Missing(table).Any(entry => entry.Status != SiloStatus.Dead));

    private IEnumerable<MembershipEntry> Missing(MembershipTableData table) => _current.Members.Values
        .Where(entry => table.TryGet(entry.SiloAddress) is null)
        .Where(entry => !table.Members.Any(member => member.Item1.SiloAddress is var silo
            && silo.Endpoint.Equals(entry.SiloAddress.Endpoint) && silo.Generation > entry.SiloAddress.Generation))
        // The living last: as long as one of them is missing, everybody knows that not all are back.
        .OrderBy(entry => entry.Status != SiloStatus.Dead).ThenBy(entry => entry.SiloAddress);

    // Puts back who was listed, the dead among them, so that nobody comes to life by it. Meanwhile the view stays: the
    // first one listed again must not think that it is alone. Probes tell who of them still lives.
    private async Task RestoreAsync()
    {
        _isRestoring = true;
        try
        {
            TableLost(_current.Version, _current.Members.Count);
            await BoundAsync(_table.InitializeMembershipTable(tryInitTableVersion: true));
            while (await ChangeAsync(NextToRestore, CancellationToken.None))
            {
            }

            TableRestored(_current.Version);
        }
        finally
        {
            _isRestoring = false;
        }

        await TellOthersAsync(TimeSpan.Zero);
    }

    private MembershipEntry? NextToRestore(MembershipTableData table)
    {
        if (_status == SiloStatus.Dead || _isDead) return null;
        if (Missing(table).FirstOrDefault() is { } missing)
            return missing.SiloAddress.Equals(Address) ? Own(table) : missing.Copy();

        // All are there, but under a version that the others take for an old one.
        return table.Version.Version < _current.Version ? Own(table) : null;
    }

    private async Task<T> InOrderAsync<T>(Func<Task<T>> work)
    {
        var before = _tableWork;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _tableWork = done.Task;
        await before;
        try
        {
            return await work();
        }
        finally
        {
            done.SetResult();
        }
    }

    private Task BoundAsync(Task work) => work.WaitAsync(TableTimeout, _time);

    private Task<T> BoundAsync<T>(Task<T> work) => work.WaitAsync(TableTimeout, _time);

    private static TimeSpan DelayAfter(int attempt) =>
        TimeSpan.FromTicks(Math.Min(RetryDelayMax.Ticks, RetryDelay.Ticks << Math.Min(attempt, 10)));
}
