using Orleans.Runtime;

namespace CoffeePayment.Engine.Calls;

/// <summary>A reference without an interface: it can be compared, kept, and cast to one that can be called.</summary>
internal sealed class UntypedGrainReference(GrainFactory factory, GrainId grainId) : GrainReference(factory, grainId);
