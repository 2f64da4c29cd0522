namespace CoffeePayment.Tests.Simulation.Plans;

internal enum FaultKind
{
    /// <summary>The process ends within the next few steps; its sockets are closed by its system.</summary>
    Kill,

    /// <summary>The same, a few steps after it has next asked, written or commanded something.</summary>
    KillInDeed,

    /// <summary>The machine is gone with it: nobody closes anything.</summary>
    PowerLoss,

    /// <summary>The silo is told to stop.</summary>
    Stop,

    /// <summary>The process stands still.</summary>
    Pause,

    /// <summary>Nothing gets from one silo to another and back.</summary>
    Cut,

    /// <summary>The same in one direction only.</summary>
    OneWayCut,

    /// <summary>Nothing gets from one silo to any other and back.</summary>
    Isolation,

    /// <summary>Nothing gets from one silo to the storage and back.</summary>
    StorageCut,

    StorageOutage,
    TableOutage,
    ProviderOutage,
    MachineOutage,

    /// <summary>A silo's wall clock is set.</summary>
    ClockJump,
}

/// <summary>One thing that goes wrong.</summary>
/// <param name="Kind">What.</param>
/// <param name="At">When, since the world began.</param>
/// <param name="Duration">For how long; for a silo that ends: until it is started again.</param>
/// <param name="Silo">To which silo, by number.</param>
/// <param name="Other">The silo that it is cut off from; for a kill: after so many steps; for a jump: by so many
/// ms.</param>
internal sealed record FaultPlan(FaultKind Kind, TimeSpan At, TimeSpan Duration, int Silo, int Other)
{
    public override string ToString() => $"{Kind} {At}, for {Duration}, silo {Silo}, {Other}";
}
