using CoffeePayment.Tests.Simulation.Core;

namespace CoffeePayment.Tests.Simulation.World;

/// <summary>One question to the provider, while it is under way.</summary>
internal sealed record Ask(Lane Silo, long At);
