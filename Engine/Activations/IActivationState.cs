namespace CoffeePayment.Engine.Activations;

/// <summary>A state that is read before its grain is told that it is active.</summary>
internal interface IActivationState
{
    Task ReadAsync(CancellationToken cancellationToken);
}
