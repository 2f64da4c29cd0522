using System.Collections.Concurrent;
using System.Linq.Expressions;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Calls;

/// <summary>
/// The proxies of one grain interface: a class derived from <see cref="GrainReference"/>, emitted once for the process,
/// whose methods pack their arguments into a value tuple and hand them, with the model of the method, to one of the
/// reference's generic call methods.
/// </summary>
internal sealed class ProxyFactory
{
    private static readonly ConcurrentDictionary<Type, Lazy<ProxyFactory>> Factories = new();

    private readonly Func<GrainFactory, GrainId, GrainReference> _create;

    private ProxyFactory(Type interfaceType)
    {
        var type = ProxyEmitter.Emit(interfaceType);
        var factory = Expression.Parameter(typeof(GrainFactory));
        var grainId = Expression.Parameter(typeof(GrainId));
        var constructor = type.GetConstructor([typeof(GrainFactory), typeof(GrainId)])!;
        _create = Expression.Lambda<Func<GrainFactory, GrainId, GrainReference>>(
            Expression.New(constructor, factory, grainId), factory, grainId).Compile();
    }

    /// <exception cref="ArgumentException">The type is no grain interface.</exception>
    public static ProxyFactory For(Type interfaceType) =>
        Factories.GetOrAdd(interfaceType, static type => new Lazy<ProxyFactory>(() => new ProxyFactory(type))).Value;

    public GrainReference Create(GrainFactory factory, GrainId grainId) => _create(factory, grainId);
}
