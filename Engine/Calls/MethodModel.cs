using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using CoffeePayment.Engine.Types;
using CoffeePayment.Engine.Wire;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Calls;

/// <summary>One method of a grain interface: how a call of it behaves, and how it is carried out.</summary>
internal abstract class MethodModel(MethodInfo method)
{
    private static readonly ConcurrentDictionary<MethodInfo, MethodModel> Made = new();

    protected MethodInfo Method => method;

    public string Name { get; } = $"{method.DeclaringType!.Name}.{method.Name}";

    /// <summary>By which messages name it; the same in every process.</summary>
    public uint Id { get; } = GrainMethods.IdOf(method);

    /// <summary>The interface that declares it: only grains that have it can be called so.</summary>
    public Type InterfaceType => method.DeclaringType!;

    public bool Interleaves { get; } = method.IsDefined(typeof(AlwaysInterleaveAttribute));

    public bool IsReadOnly { get; } = method.IsDefined(typeof(ReadOnlyAttribute));

    public bool IsOneWay { get; } = method.IsDefined(typeof(OneWayAttribute));

    public bool TakesToken { get; } = method.GetParameters().Any(
        parameter => parameter.ParameterType == typeof(CancellationToken));

    /// <summary>A request as it arrived from another node.</summary>
    public abstract Request Receive(
        ICaller caller, GrainId target, ReadOnlyMemory<byte> arguments, GrainFactory grainFactory);

    /// <summary>
    /// The one of this method for all silos and clients of a process: it compiles what it needs once.
    /// </summary>
    /// <param name="method">Of an interface, with a result of one of the four task types.</param>
    public static MethodModel Of(MethodInfo method) => Made.GetOrAdd(method, Create);

    public static Type ResultType(MethodInfo method) =>
        method.ReturnType.IsGenericType ? method.ReturnType.GetGenericArguments()[0] : typeof(Nothing);

    /// <summary>The types of the arguments but for the cancellation token, which travels beside them.</summary>
    public static Type[] ArgumentTypes(MethodInfo method) =>
        [.. method.GetParameters().Select(p => p.ParameterType).Where(type => type != typeof(CancellationToken))];

    public static Type ArgumentTuple(MethodInfo method) => Tuples.Of(ArgumentTypes(method));

    private static MethodModel Create(MethodInfo method) => (MethodModel)Activator.CreateInstance(
        typeof(MethodModel<,>).MakeGenericType(ArgumentTuple(method), ResultType(method)), method)!;
}

internal sealed class MethodModel<TArguments, TResult>(MethodInfo method) : MethodModel(method)
{
    private Func<object, TArguments, CancellationToken, ValueTask<TResult>>? _invoke;
    private Copier<TArguments>? _argumentCopier;
    private Copier<TResult>? _resultCopier;
    private Codec<TArguments>? _argumentCodec;
    private Codec<TResult>? _resultCodec;

    public Copier<TArguments> ArgumentCopier => _argumentCopier ??= Copier.Get<TArguments>();

    public Copier<TResult> ResultCopier => _resultCopier ??= Copier.Get<TResult>();

    public Codec<TArguments> ArgumentCodec => _argumentCodec ??= Codec.Get<TArguments>();

    public Codec<TResult> ResultCodec => _resultCodec ??= Codec.Get<TResult>();

    public override Request Receive(
        ICaller caller, GrainId target, ReadOnlyMemory<byte> arguments, GrainFactory grainFactory)
    {
        var request = new Request<TArguments, TResult>(
            caller, target, this, ArgumentCodec.Decode(arguments, grainFactory));
        if (TakesToken) request.Observe(CancellationToken.None);
        return request;
    }

    public ValueTask<TResult> Invoke(object grain, TArguments arguments, CancellationToken token) =>
        (_invoke ??= Compile())(grain, arguments, token);

    // (grain, arguments, token) => AsValueTask(((IInterface)grain).Method(arguments.Item1, token, ...))
    private Func<object, TArguments, CancellationToken, ValueTask<TResult>> Compile()
    {
        var grain = Expression.Parameter(typeof(object));
        var arguments = Expression.Parameter(typeof(TArguments));
        var token = Expression.Parameter(typeof(CancellationToken));
        var index = 0;
        var values = Method.GetParameters().Select(parameter =>
            parameter.ParameterType == typeof(CancellationToken) ? token : Tuples.Item(arguments, index++));
        var call = Expression.Call(Expression.Convert(grain, Method.DeclaringType!), Method, values);
        var result = Expression.Call(typeof(Adapters), nameof(Adapters.AsValueTask),
            typeof(TResult) == typeof(Nothing) ? [] : [typeof(TResult)], call);
        return Expression.Lambda<Func<object, TArguments, CancellationToken, ValueTask<TResult>>>(
            result, grain, arguments, token).Compile();
    }
}

/// <summary>The four kinds of results of grain methods as one.</summary>
internal static class Adapters
{
    public static ValueTask<T> AsValueTask<T>(ValueTask<T> task) => task;

    public static ValueTask<T> AsValueTask<T>(Task<T> task) => new(task);

    public static ValueTask<Nothing> AsValueTask(Task task)
    {
        return task.IsCompletedSuccessfully ? default : Await(task);

        static async ValueTask<Nothing> Await(Task task)
        {
            await task;
            return default;
        }
    }

    public static ValueTask<Nothing> AsValueTask(ValueTask task) =>
        task.IsCompletedSuccessfully ? default : AsValueTask(task.AsTask());
}
