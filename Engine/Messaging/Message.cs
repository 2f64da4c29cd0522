using Orleans.Runtime;

namespace CoffeePayment.Engine.Messaging;

/// <summary>What a message is about, and so what its body holds.</summary>
internal enum MessageKind : byte
{
    /// <summary>A call of a grain's method; the body holds the arguments.</summary>
    Request = 1,

    /// <summary>A call that nobody waits for.</summary>
    OneWay,

    /// <summary>The result of a call.</summary>
    Response,

    /// <summary>The exception that a call ended with.</summary>
    Failure,

    /// <summary>
    /// The call was certainly not carried out; the body says why. <see cref="Message.ViewVersion"/> is the version of
    /// membership that the caller should know before it tries again.
    /// </summary>
    Rejection,

    /// <summary>The caller of the request with that id does not wait any longer.</summary>
    Cancel,

    /// <summary>From one part of the engine to the same part on another silo; the body holds the question.</summary>
    Question,

    /// <summary>What the other part says; the body holds the answer.</summary>
    Answer,
}

/// <summary>What travels between two silos, or a client and a silo.</summary>
internal sealed class Message
{
    public required MessageKind Kind { get; init; }

    /// <summary>Made up by the sender of a request or question; its answers carry the same.</summary>
    public long Id { get; init; }

    public required SiloAddress Sender { get; init; }

    public required SiloAddress Target { get; init; }

    /// <summary>The version of the cluster's membership that the sender acted on.</summary>
    public long ViewVersion { get; init; }

    /// <summary>The grain that is called; default for what is no call.</summary>
    public GrainId Grain { get; init; }

    /// <summary>Which method, or which question.</summary>
    public uint Method { get; init; }

    /// <summary>Encoded; owned by the message.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    public override string ToString() => $"{Kind} {Id} from {Sender} to {Target}";
}
