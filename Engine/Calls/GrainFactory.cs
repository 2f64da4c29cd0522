using System.Collections.Concurrent;
using Orleans;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Calls;

/// <summary>Makes references whose calls are made by one caller.</summary>
internal sealed class GrainFactory(
    Caller caller, IGrainTypes types, IServiceProvider services)
    : IClusterClient
{
    private readonly ConcurrentDictionary<(Type, string?), (GrainType Type, ProxyFactory Create)> _known = new();

    public Caller Caller => caller;

    public IServiceProvider ServiceProvider => services;

    public TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithGuidKey =>
        (TGrainInterface)Reference(
            typeof(TGrainInterface), GrainIdKeyExtensions.CreateGuidKey(primaryKey), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerKey =>
        (TGrainInterface)Reference(
            typeof(TGrainInterface), GrainIdKeyExtensions.CreateIntegerKey(primaryKey), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey =>
        (TGrainInterface)Reference(typeof(TGrainInterface), StringKey(primaryKey), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable =>
        (TGrainInterface)Reference(grainId, typeof(TGrainInterface));

    public IGrain GetGrain(Type grainInterfaceType, Guid grainPrimaryKey) =>
        (IGrain)Reference(grainInterfaceType, GrainIdKeyExtensions.CreateGuidKey(grainPrimaryKey), null);

    public IGrain GetGrain(Type grainInterfaceType, long grainPrimaryKey) =>
        (IGrain)Reference(grainInterfaceType, GrainIdKeyExtensions.CreateIntegerKey(grainPrimaryKey), null);

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) =>
        (IGrain)Reference(grainInterfaceType, StringKey(grainPrimaryKey), null);

    public IAddressable GetGrain(GrainId grainId) => new UntypedGrainReference(this, grainId);

    public object Reference(GrainId grainId, Type interfaceType) =>
        ProxyFactory.For(interfaceType).Create(this, grainId);

    private object Reference(Type interfaceType, IdSpan key, string? prefix)
    {
        var (type, proxy) = _known.GetOrAdd((interfaceType, prefix), static (wanted, types) =>
            (types.TypeOf(wanted.Item1, wanted.Item2), ProxyFactory.For(wanted.Item1)), types);
        return proxy.Create(this, GrainId.Create(type, key));
    }

    private static IdSpan StringKey(string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return IdSpan.Create(key);
    }
}
