using System.Collections.Immutable;
using CoffeePayment.Engine.Messaging;
using CoffeePayment.Engine.Scheduling;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Clustering;

/// <summary>
/// The agent of one silo over a table of silos: keeps this silo listed, follows the others, and watches some of them.
/// All fields but those of the clock are touched in its own turns only.
/// </summary>
internal sealed partial class Membership : IMembership, IDisposable
{
    private readonly MembershipEntry _self;
    private readonly IMembershipTable _table;
    private readonly IQuestions _questions;
    private readonly ClusterMembershipOptions _options;
    private readonly IJoinCheck[] _joinChecks;
    private readonly TurnScheduler _turns;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private ImmutableArray<IMembershipObserver> _observers = [];
    private volatile ClusterView _current = ClusterView.Empty;
    private SiloStatus _status = SiloStatus.Created;

    /// <param name="self">This silo; its status and times are kept up to date here.</param>
    /// <param name="table">Where the silos are listed.</param>
    /// <param name="questions">Reaches the agents of other silos.</param>
    /// <param name="options">Periods and limits.</param>
    /// <param name="joinChecks">Asked before this silo joins.</param>
    /// <param name="turns">Where all of this runs.</param>
    /// <param name="time">All of its time.</param>
    /// <param name="logger">Where it logs.</param>
    public Membership(
        MembershipEntry self,
        IMembershipTable table,
        IQuestions questions,
        ClusterMembershipOptions options,
        IEnumerable<IJoinCheck> joinChecks,
        TurnScheduler turns,
        TimeProvider time,
        ILogger logger)
    {
        _self = self.Copy();
        _table = table;
        _questions = questions;
        _options = options;
        _joinChecks = [.. joinChecks];
        _turns = turns;
        _time = time;
        _logger = logger;
        _lastTick = time.GetTimestamp();
        questions.Answer<MembershipProbe, MembershipKnown>((_, probe) => ValueTask.FromResult(Hear(probe.Version)));
        questions.Answer<MembershipNews, MembershipKnown>(async (_, news) =>
            new((await RefreshAsync(news.Version, CancellationToken.None)).Version));
    }

    public ClusterView Current => _current;

    private SiloAddress Address => _self.SiloAddress;

    private DateTime UtcNow => _time.GetUtcNow().UtcDateTime;

    /// <summary>May also be called later: from the next view on.</summary>
    public void Observe(IMembershipObserver observer) =>
        ImmutableInterlocked.Update(ref _observers, static (all, one) => all.Add(one), observer);

    public Task<ClusterView> RefreshAsync(long minimumVersion, CancellationToken cancellationToken) =>
        _current.Version >= minimumVersion
            ? Task.FromResult(_current)
            : Run(() => ReadAsync(minimumVersion)).WaitAsync(cancellationToken);

    public Task JoinAsync(CancellationToken cancellationToken) => Run(async () =>
    {
        await EnterAsync(cancellationToken);
        return true;
    });

    public Task SetStatusAsync(SiloStatus status, CancellationToken cancellationToken) => Run(async () =>
    {
        if (_isDead) return false;
        if (status == SiloStatus.Active) await ReachOthersAsync(cancellationToken);
        _status = status;
        if (status == SiloStatus.Dead) StopTicking();
        await ChangeAsync(Own, cancellationToken);
        await TellOthersAsync(status.IsTerminating() ? FarewellTimeout : TimeSpan.Zero);
        return true;
    });

    public Task<bool> DeclareDeadAsync(SiloAddress silo, CancellationToken cancellationToken) => Run(async () =>
    {
        var changed = await ChangeAsync(table => Kill(table, silo), cancellationToken);
        if (changed) await TellOthersAsync(TimeSpan.Zero);
        return changed;
    });

    public void Dispose() => StopTicking();

    private Task<T> Run<T>(Func<Task<T>> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _turns).Unwrap();

    // Whoever asks or is asked tells what it knows, so that news spread even where telling them failed.
    private MembershipKnown Hear(long version)
    {
        if (version > _current.Version && _status is not SiloStatus.Created) _ = TryAsync(() => ReadAsync(version));
        return new MembershipKnown(_current.Version);
    }

    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception exception)
        {
            TableNotReached(exception);
        }
    }

    // This silo as it is to be listed; null once others have listed it as dead, which is for good.
    private MembershipEntry? Own(MembershipTableData table)
    {
        var own = table.TryGet(Address)?.Item1 ?? _self.Copy();
        if (own.Status == SiloStatus.Dead) return null;
        own.Status = _status;
        own.IAmAliveTime = UtcNow;
        return own;
    }

    private MembershipEntry? Kill(MembershipTableData table, SiloAddress silo)
    {
        if (table.TryGet(silo)?.Item1 is not { } entry || entry.Status == SiloStatus.Dead) return null;
        entry.AddOrUpdateSuspector(Address, UtcNow, Math.Max(1, _options.NumVotesForDeathDeclaration));
        entry.Status = SiloStatus.Dead;
        return entry;
    }
}
