namespace Orleans;

/// <summary>Why a grain deactivates.</summary>
public readonly struct DeactivationReason
{
    public DeactivationReason(DeactivationReasonCode code, string text)
        : this(code, null, text)
    {
    }

    public DeactivationReason(DeactivationReasonCode code, Exception? exception, string text)
    {
        ReasonCode = code;
        Exception = exception;
        Description = text;
    }

    public DeactivationReasonCode ReasonCode { get; }

    public string Description { get; }

    /// <summary>What went wrong, or null.</summary>
    public Exception? Exception { get; }

    public override string ToString() =>
        Exception is null ? $"{ReasonCode}: {Description}" : $"{ReasonCode}: {Description} Exception: {Exception}";
}

public enum DeactivationReasonCode : byte
{
    None,

    /// <summary>The silo stops.</summary>
    ShuttingDown,

    /// <summary>The grain could not be made, its state not read, or <c>OnActivateAsync</c> threw.</summary>
    ActivationFailed,

    DirectoryFailure,

    /// <summary>Idle for longer than its collection age.</summary>
    ActivationIdle,

    ActivationUnresponsive,

    /// <summary>Another activation of the same grain exists elsewhere.</summary>
    DuplicateActivation,

    IncompatibleRequest,

    /// <summary>A grain method let an <c>InconsistentStateException</c> out: the state in memory is stale.</summary>
    ApplicationError,

    /// <summary>The grain asked for it.</summary>
    ApplicationRequested,

    Migrating,

    RuntimeRequested,

    HighMemoryPressure,
}
