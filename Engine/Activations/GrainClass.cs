using System.Reflection;
using CoffeePayment.Engine.Dashboard;
using CoffeePayment.Engine.Hosting;
using CoffeePayment.Engine.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Activations;

/// <summary>What all activations of one grain class on one silo share.</summary>
internal sealed class GrainClass
{
    private readonly ConstructorInvoker _constructor;
    private readonly Func<Activation, List<IActivationState>, object?>[] _arguments;
    private long _activeCount;

    public GrainClass(Silo silo, Type type)
    {
        Silo = silo;
        Type = type;
        GrainType = NameOf(type);
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute), inherit: true);
        CollectionAge = silo.Collection.ClassSpecificCollectionAge.TryGetValue(type.FullName!, out var age) ? age
            : type.GetCustomAttribute<CollectionAgeLimitAttribute>()?.AgeLimit ?? silo.Collection.CollectionAge;
        var constructor = ConstructorOf(type);
        _constructor = ConstructorInvoker.Create(constructor);
        _arguments = [.. constructor.GetParameters().Select(Argument)];
    }

    public Silo Silo { get; }

    public Type Type { get; }

    public GrainType GrainType { get; }

    public bool IsReentrant { get; }

    /// <summary>How long its activations stay without use; infinite means for ever.</summary>
    public TimeSpan CollectionAge { get; }

    /// <summary>How many of its grains are active, or were and are about to end.</summary>
    public long ActiveCount => Volatile.Read(ref _activeCount);

    /// <summary>What counts the calls of its grains; null: nothing does. Set before there is any.</summary>
    public CallProfile? Profile { get; set; }

    /// <summary>
    /// The given name, or the class's in lower case without "Grain" at its end, as Orleans names grain classes.
    /// </summary>
    public static GrainType NameOf(Type type)
    {
        if (type.GetCustomAttribute<GrainTypeAttribute>() is { } given) return given.GetGrainType(null!, type);

        const string suffix = "grain";
#pragma warning disable CA1308 // The name is a key in storages; it is lower case.
        var name = type.Name.ToLowerInvariant();
#pragma warning restore CA1308
        return GrainType.Create(name.Length > suffix.Length && name.EndsWith(suffix, StringComparison.Ordinal)
            ? name[..^suffix.Length]
            : name);
    }

    public void CountActive(int more) => Interlocked.Add(ref _activeCount, more);

    /// <summary>Makes a grain; its states, which are yet to be read, are added to the list.</summary>
    public object Construct(Activation activation, List<IActivationState> states)
    {
        var arguments = new object?[_arguments.Length];
        for (var i = 0; i < arguments.Length; i++) arguments[i] = _arguments[i](activation, states);
        return _constructor.Invoke(arguments);
    }

    private static ConstructorInfo ConstructorOf(Type type)
    {
        var constructors = type.GetConstructors();
        return constructors.SingleOrDefault(
            constructor => constructor.IsDefined(typeof(ActivatorUtilitiesConstructorAttribute)))
            ?? constructors.MaxBy(constructor => constructor.GetParameters().Length)
            ?? throw new OrleansConfigurationException($"Grain class {type} has no public constructor.");
    }

    private Func<Activation, List<IActivationState>, object?> Argument(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (type == typeof(IGrainContext)) return static (activation, _) => activation;
        if (parameter.GetCustomAttribute<PersistentStateAttribute>() is { } attribute)
        {
            var place = StatePlace.For(this, type, attribute);
            return (activation, states) =>
            {
                var state = place.CreateState(activation);
                states.Add(state);
                return state;
            };
        }

        var key = parameter.GetCustomAttribute<FromKeyedServicesAttribute>()?.Key;
        if (!Silo.Lifetimes.IsSingleton(type, key))
            return (activation, _) => Resolve(activation.ActivationServices, parameter, key);

        object? singleton = null;
        return (_, _) => singleton ??= Resolve(Silo.Services, parameter, key);
    }

    private object? Resolve(IServiceProvider services, ParameterInfo parameter, object? key)
    {
        var type = parameter.ParameterType;
        return (key is null ? services.GetService(type) : services.GetKeyedServices(type, key).LastOrDefault())
            ?? (parameter.HasDefaultValue
                ? parameter.DefaultValue
                : throw new InvalidOperationException(
                    $"Unable to resolve service for type '{type}'{(key is null ? "" : $" with key '{key}'")} "
                    + $"while attempting to activate '{Type}'."));
    }
}
