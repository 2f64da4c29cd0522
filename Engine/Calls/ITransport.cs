namespace CoffeePayment.Engine.Calls;

/// <summary>
/// How requests reach the activation of their target, and their outcomes the caller. Every call passes through here, in
/// both directions, so whoever implements it decides what is lost, late or sent to another silo.
/// </summary>
internal interface ITransport
{
    /// <summary>Takes the request to its target. From here on the arguments are the callee's own.</summary>
    void Send(Request request);

    /// <summary>
    /// Takes the outcome, which the request holds, to the caller. From here on the result is the caller's own.
    /// </summary>
    void Reply(Request request);

    /// <summary>Tells the callee that the caller does not wait any longer.</summary>
    void Cancel(Request request);
}
