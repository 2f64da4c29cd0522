using Orleans.Runtime;

namespace CoffeePayment.Engine.Calls;

/// <summary>Knows which grains an interface stands for.</summary>
internal interface IGrainTypes
{
    /// <summary>The type of the one grain class that implements the interface.</summary>
    /// <param name="interfaceType">A grain interface.</param>
    /// <param name="classNamePrefix">How the full name of the class begins, where there are several; or null.</param>
    /// <exception cref="ArgumentException">There is none, or more than one.</exception>
    GrainType TypeOf(Type interfaceType, string? classNamePrefix);
}
