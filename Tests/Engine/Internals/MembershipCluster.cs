using System.Net;
using CoffeePayment.Engine.Clustering;
using CoffeePayment.Engine.Messaging;
using CoffeePayment.Engine.Scheduling;
using CoffeePayment.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Configuration;
using EngineMembership = CoffeePayment.Engine.Clustering.Membership;

namespace CoffeePayment.Tests.Engine.Internals;

/// <summary>
/// Agents of several silos in one thread, on one clock, over one table and a network that a test breaks.
/// </summary>
internal sealed class MembershipCluster
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private readonly List<Agent> _agents = [];

    public VirtualTimeProvider Time { get; } = new();

    public BreakableTable Table { get; } = new(new MemoryMembershipTable());

    public ClusterMembershipOptions Options { get; } = new() { MaxJoinAttemptTime = TimeSpan.FromSeconds(30) };

    /// <summary>Whether a question from the first reaches the second.</summary>
    public Func<Agent, Agent, bool> IsConnected { get; set; } = (_, _) => true;

    /// <summary>Whether silos tell each other what changed.</summary>
    public bool LosesNews { get; set; }

    public Agent Add(int port, int generation = 1, string role = "Engine:abc")
    {
        var agent = new Agent(this, port, generation, role);
        _agents.Add(agent);
        return agent;
    }

    /// <summary>So many silos that join one after the other.</summary>
    public async Task<Agent[]> StartAsync(int count)
    {
        var agents = Enumerable.Range(1, count).Select(number => Add(number)).ToArray();
        foreach (var agent in agents) await StartAsync(agent);
        return agents;
    }

    public Task StartAsync(params Agent[] agents) => RunAsync(Task.WhenAll(agents.Select(agent => agent.StartAsync())));

    /// <summary>Runs until the task is done, letting as much time pass as that takes.</summary>
    public async Task RunAsync(Task task)
    {
        RunAll();
        for (var i = 0; i < 3_000 && !task.IsCompleted; i++) Advance(Step);
        Assert.True(task.IsCompleted);
        await task;
    }

    public void Advance(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += Step)
        {
            Time.Advance(Step);
            RunAll();
        }
    }

    /// <summary>How long it takes until that is so.</summary>
    public TimeSpan TimeUntil(Func<bool> condition, TimeSpan limit)
    {
        var passed = TimeSpan.Zero;
        for (; passed < limit && !condition(); passed += Step) Advance(Step);
        return passed;
    }

    public void RunAll()
    {
        // A turn of one may be work for another.
        while (_agents.Exists(agent => agent is { IsPaused: false, IsKilled: false } && agent.Executor.RunOne()))
        {
        }
    }

    public Agent? Find(SiloAddress silo) => _agents.Find(agent => agent.Address.Equals(silo));

    internal sealed class Agent : IQuestions, IMembershipObserver
    {
        private readonly MembershipCluster _cluster;
        private readonly Dictionary<Type, Delegate> _answerers = [];
        private readonly Turns _turns;
        private readonly PausableTime _time;

        public Agent(MembershipCluster cluster, int port, int generation, string role)
        {
            _cluster = cluster;
            _turns = new Turns(Executor);
            _time = new PausableTime(cluster.Time);
            Address = SiloAddress.New(IPAddress.Loopback, port, generation);
            var now = cluster.Time.GetUtcNow().UtcDateTime;
            var self = new MembershipEntry
            {
                SiloAddress = Address,
                SiloName = $"Silo_{port}",
                RoleName = role,
                StartTime = now,
                IAmAliveTime = now,
            };
            Membership = new EngineMembership(
                self, cluster.Table, this, cluster.Options, [], _turns, _time, NullLogger.Instance);
            Membership.Observe(this);
        }

        public SiloAddress Address { get; }

        public EngineMembership Membership { get; }

        public QueueExecutor Executor { get; } = new();

        public bool IsPaused
        {
            get => _time.IsPaused;
            set => _time.IsPaused = value;
        }

        public bool IsKilled { get; private set; }

        /// <summary>What the agent told, in order; views by the number of active silos.</summary>
        public List<string> Told { get; } = [];

        public IEnumerable<SiloAddress> Active => Membership.Current.Active;

        public Task StartAsync() => Task.Factory.StartNew(
            async () =>
            {
                await Membership.JoinAsync(CancellationToken.None);
                await Membership.SetStatusAsync(SiloStatus.Active, CancellationToken.None);
            },
            CancellationToken.None,
            TaskCreationOptions.DenyChildAttach,
            _turns).Unwrap();

        public SiloStatus StatusOf(Agent other) => Membership.Current.StatusOf(other.Address);

        public void Kill()
        {
            IsKilled = true;
            Membership.Dispose();
        }

        public void Answer<TQuestion, TAnswer>(Func<SiloAddress, TQuestion, ValueTask<TAnswer>> answerer) =>
            _answerers[typeof(TQuestion)] = answerer;

        public async Task<TAnswer> AskAsync<TQuestion, TAnswer>(
            SiloAddress silo, TQuestion question, TimeSpan timeout, CancellationToken cancellationToken = default)
        {
            var other = _cluster.Find(silo);
            if (other is null or { IsKilled: true }) throw new SiloUnavailableException("Connection refused.");

            // What waits goes on in the asking silo's turns anyway; asynchronously it would take a pool thread there.
            var answer = new TaskCompletionSource<TAnswer>();
            if (_cluster.IsConnected(this, other) && !(_cluster.LosesNews && question is MembershipNews))
                _ = other.AnswerAsync(this, question, answer);
            return await answer.Task.WaitAsync(timeout, _time, cancellationToken);
        }

        public void ViewChanged(ClusterView before, ClusterView now) => Told.Add($"{now.Active.Count} active");

        public void DeclaredDead(string reason) => Told.Add("dead");

        public void Uncertain() => Told.Add("uncertain");

        public void Certain() => Told.Add("certain");

        private Task AnswerAsync<TQuestion, TAnswer>(
            Agent asking, TQuestion question, TaskCompletionSource<TAnswer> answer) => Task.Factory.StartNew(
                async () =>
                {
                    var answerer = (Func<SiloAddress, TQuestion, ValueTask<TAnswer>>)_answerers[typeof(TQuestion)];
                    var result = await answerer(asking.Address, question);
                    if (_cluster.IsConnected(this, asking)) answer.TrySetResult(result);
                },
                CancellationToken.None,
                TaskCreationOptions.DenyChildAttach,
                _turns).Unwrap();
    }

    private sealed class Turns(IExecutor executor) : TurnScheduler
    {
        protected override IExecutor Executor => executor;

        protected override void Receive(object item) => throw new NotSupportedException();

        protected override void OnItemFailed(Exception exception) => throw exception;
    }
}
