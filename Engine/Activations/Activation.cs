using CoffeePayment.Engine.Calls;
using CoffeePayment.Engine.Hosting;
using CoffeePayment.Engine.Scheduling;
using CoffeePayment.Engine.Timers;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Activations;

/// <summary>
/// One grain in memory: its instance, the scheduler of its turns, the turns that wait, and its timers. All fields are
/// touched in its own turns only, except where said; so there are no locks. Its life is in Activation.Life.cs.
/// </summary>
internal sealed partial class Activation : TurnScheduler, IGrainContext
{
    private const int MaxStarts = 64;

    [ThreadStatic]
    private static Activation? _underConstruction;

    private Queue<Turn>? _waiting;
    private IServiceScope? _scope;
    private GrainTimer? _timers;
    private int _running, _exclusive, _readers;
    private bool _pumping;

    public Activation(GrainClass grainClass, GrainId grainId)
    {
        Class = grainClass;
        GrainId = grainId;
        Touch();
    }

    /// <summary>The activation whose grain is being constructed by this thread.</summary>
    public static Activation UnderConstruction => _underConstruction ?? throw new InvalidOperationException(
        "Grains are made by the silo. Use IGrainFactory.GetGrain to get a reference to one.");

    public GrainClass Class { get; }

    public Silo Silo => Class.Silo;

    public GrainId GrainId { get; }

    public GrainReference GrainReference => new UntypedGrainReference(Silo.GrainFactory, GrainId);

    public object? GrainInstance { get; private set; }

    /// <summary>
    /// Made when first asked for: most grains need only singletons, and a scope costs as much as the activation.
    /// </summary>
    public IServiceProvider ActivationServices => (_scope ??= Silo.Services.CreateScope()).ServiceProvider;

    protected override IExecutor Executor => Silo.Executor;

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override string ToString() => $"[Activation {GrainId}]";

    /// <summary>A turn is over: the next ones may start.</summary>
    public void Ended(Turn turn)
    {
        _running--;
        if (!IsFreeToMix(turn))
        {
            if (turn.IsReadOnly) _readers--;
            else _exclusive--;
        }

        if (turn.KeepsAlive) Touch();
        if (!_pumping) Pump();
        if (_running == 0 && _status == Status.Deactivating) FinishDeactivation();
    }

    public void Add(GrainTimer timer)
    {
        timer.Next = _timers;
        if (_timers is not null) _timers.Previous = timer;
        _timers = timer;
    }

    public void Remove(GrainTimer timer)
    {
        if (timer.Next is not null) timer.Next.Previous = timer.Previous;
        if (timer.Previous is not null) timer.Previous.Next = timer.Next;
        else if (_timers == timer) _timers = timer.Next;
        timer.Next = timer.Previous = null;
    }

    protected override void Receive(object item)
    {
        var turn = (Turn)item;
        if (MayStart(turn) && (_status == Status.Active || _waiting is null)) Start(turn);
        else if (_status == Status.Gone) GiveAway(turn);
        else (_waiting ??= new Queue<Turn>(1)).Enqueue(turn);
    }

    protected override void OnItemFailed(Exception exception) => Silo.Log.TurnFailed(ToString(), exception);

    private bool IsFreeToMix(Turn turn) => Class.IsReentrant || turn.Interleaves;

    private bool CanStart(Turn turn) =>
        _running == 0 || IsFreeToMix(turn) || (_exclusive == 0 && (_readers == 0 || turn.IsReadOnly));

    private bool MayStart(Turn turn) => _status switch
    {
        Status.Active => CanStart(turn),
        Status.Deactivating => turn.IsLocalOnly && _running > 0 && CanStart(turn),
        _ => false,
    };

    private void Start(Turn turn)
    {
        _running++;
        if (!IsFreeToMix(turn))
        {
            if (turn.IsReadOnly) _readers++;
            else _exclusive++;
        }

        turn.Run(this);
    }

    /// <summary>
    /// Starts what waits, in order of arrival. A long line is cut into pieces, for the sake of other grains.
    /// </summary>
    private void Pump()
    {
        _pumping = true;
        var started = 0;
        while (_waiting is { Count: > 0 } && MayStart(_waiting.Peek()))
        {
            if (started++ == MaxStarts)
            {
                Post(Pump);
                break;
            }

            Start(_waiting.Dequeue());
        }

        // Every activation begins with calls that wait for it. Kept, the queue would be 72 bytes of each for good.
        if (_waiting is { Count: 0 }) _waiting = null;
        _pumping = false;
    }

    /// <summary>
    /// What came during the activation and may mix with anything need not wait for what came before it.
    /// </summary>
    private void StartWhatMixes()
    {
        // A turn that ends at once does not start the next ones: these are being gone through.
        _pumping = true;
        for (var left = _waiting?.Count ?? 0; left > 0; left--)
        {
            var turn = _waiting!.Dequeue();
            if (_status == Status.Active && IsFreeToMix(turn)) Start(turn);
            else _waiting.Enqueue(turn);
        }

        _pumping = false;
    }
}
