using CoffeePayment.Engine.Activations;
using Orleans.Runtime;

namespace Orleans;

/// <summary>Keys and references of grains, from inside (the grain itself) and outside (a reference to it).</summary>
public static class GrainExtensions
{
    public static GrainId GetGrainId(this IAddressable grain) => grain switch
    {
        GrainReference reference => reference.GrainId,
        IGrainBase instance => instance.GrainContext.GrainId,
        _ => throw NotAGrain(grain),
    };

    /// <summary>A reference to this grain: what it may hand to others instead of itself.</summary>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain) =>
        (TGrainInterface)AsReference(grain, typeof(TGrainInterface));

    /// <inheritdoc cref="AsReference{TGrainInterface}"/>
    public static object AsReference(this IAddressable grain, Type interfaceType) => grain switch
    {
        GrainReference reference => reference.As(interfaceType),
        IGrainBase { GrainContext: Activation activation } =>
            activation.Silo.GrainFactory.Reference(activation.GrainId, interfaceType),
        _ => throw NotAGrain(grain),
    };

    /// <summary>The same grain through another of its interfaces.</summary>
    public static TGrainInterface Cast<TGrainInterface>(this IAddressable grain) =>
        grain.AsReference<TGrainInterface>();

    /// <inheritdoc cref="Cast{TGrainInterface}"/>
    public static object Cast(this IAddressable grain, Type interfaceType) => grain.AsReference(interfaceType);

    public static string GetPrimaryKeyString(this IAddressable grain) => grain.GetGrainId().Key.ToString();

    public static long GetPrimaryKeyLong(this IAddressable grain) => grain.GetGrainId().GetIntegerKey();

    public static Guid GetPrimaryKey(this IAddressable grain) => grain.GetGrainId().GetGuidKey();

    private static ArgumentException NotAGrain(IAddressable? grain) => grain is null
        ? new ArgumentNullException(nameof(grain))
        : new ArgumentException($"{grain.GetType()} is neither a grain nor a reference to one.", nameof(grain));
}
