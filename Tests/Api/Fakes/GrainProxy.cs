using System.Reflection;

namespace CoffeePayment.Tests.Api.Fakes;

/// <summary>
/// Lets an object be called through a grain interface. It must not implement the interface itself: Orleans would take
/// it for a second grain class of that interface, and grains of other tests would not know which to be.
/// </summary>
public class GrainProxy : DispatchProxy
{
    private object _target = null!;

    public static TInterface Of<TInterface>(object target)
        where TInterface : class
    {
        var proxy = Create<TInterface, GrainProxy>();
        ((GrainProxy)(object)proxy)._target = target;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var types = targetMethod!.GetParameters().Select(p => p.ParameterType).ToArray();
        var method = _target.GetType().GetMethod(targetMethod.Name, types);
        if (method is null || method.ReturnType != targetMethod.ReturnType)
            throw new NotSupportedException($"{_target.GetType().Name} has no {targetMethod}.");

        return method.Invoke(_target, BindingFlags.DoNotWrapExceptions, binder: null, args, culture: null);
    }
}

/// <summary>A grain factory that gives out what a fake cluster has.</summary>
public class GrainFactoryProxy : DispatchProxy
{
    private FakeCluster _cluster = null!;

    public static IGrainFactory Of(FakeCluster cluster)
    {
        var proxy = Create<IGrainFactory, GrainFactoryProxy>();
        ((GrainFactoryProxy)(object)proxy)._cluster = cluster;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var type = targetMethod!.GetGenericArguments().Single();
        if (type == typeof(IPendingPaymentGrain))
            return GrainProxy.Of<IPendingPaymentGrain>(_cluster.Order((string)args![0]!));
        if (type == typeof(IOrderDirectoryGrain)) return GrainProxy.Of<IOrderDirectoryGrain>(_cluster.Directory);
        if (type == typeof(IOrphanSweeperGrain)) return GrainProxy.Of<IOrphanSweeperGrain>(_cluster.Service);
        if (type == typeof(IStatisticsGrain)) return GrainProxy.Of<IStatisticsGrain>(_cluster.Service);
        if (type == typeof(IManagementGrain)) return GrainProxy.Of<IManagementGrain>(_cluster.Service);
        throw new NotSupportedException($"The API has no business with {type}.");
    }
}
