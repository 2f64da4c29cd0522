using CoffeePayment.Engine.Calls;

namespace Orleans.Runtime;

/// <summary>
/// A grain as others hold it: its id, and the means to call it. Two references to one grain are equal.
/// </summary>
public abstract class GrainReference : IAddressable, IEquatable<GrainReference>
{
    private readonly GrainFactory _factory;

    internal GrainReference(GrainFactory factory, GrainId grainId)
    {
        _factory = factory;
        GrainId = grainId;
    }

    public GrainId GrainId { get; }

    public static bool operator ==(GrainReference? left, GrainReference? right) => left?.Equals(right) ?? right is null;

    public static bool operator !=(GrainReference? left, GrainReference? right) => !(left == right);

    public uint GetUniformHashCode() => GrainId.GetUniformHashCode();

    public bool Equals(GrainReference? other) => other is not null && GrainId.Equals(other.GrainId);

    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    public override int GetHashCode() => GrainId.GetHashCode();

    public override string ToString() => $"GrainReference:{GrainId}";

    internal object As(Type interfaceType) =>
        interfaceType.IsInstanceOfType(this) ? this : _factory.Reference(GrainId, interfaceType);

    // The methods below are what the emitted proxies call, one for each kind of result.
    internal Task<TResult> CallTaskOf<TArguments, TResult>(
        MethodModel<TArguments, TResult> method, TArguments arguments, CancellationToken token)
    {
        if (token.IsCancellationRequested) return Task.FromCanceled<TResult>(token);

        var caller = _factory.Caller;
        var request = new Request<TArguments, TResult>(caller, GrainId, method, arguments);
        if (method.IsOneWay)
        {
            caller.Transport.Send(request);
            return Task.FromResult<TResult>(default!);
        }

        caller.Pending.Add(request);
        if (method.TakesToken) request.Observe(token);
        caller.Transport.Send(request);
        return request.Task;
    }

    internal Task CallTask<TArguments, TResult>(
        MethodModel<TArguments, TResult> method, TArguments arguments, CancellationToken token) =>
        CallTaskOf(method, arguments, token);

    internal ValueTask<TResult> CallValueTaskOf<TArguments, TResult>(
        MethodModel<TArguments, TResult> method, TArguments arguments, CancellationToken token) =>
        new(CallTaskOf(method, arguments, token));

    internal ValueTask CallValueTask<TArguments, TResult>(
        MethodModel<TArguments, TResult> method, TArguments arguments, CancellationToken token) =>
        new(CallTaskOf(method, arguments, token));
}
