namespace CoffeePayment.Orders;

/// <summary>The one command that makes the drink of a paid order.</summary>
/// <param name="CommandId">
/// The same for every try: the order's id, which the machine receives as <c>orderUuid</c>.
/// </param>
/// <param name="DeviceUuid">The machine.</param>
/// <param name="DrinkNumber">The drink, as the machine numbers it.</param>
/// <param name="Size">The cup.</param>
/// <param name="Price">What was paid.</param>
public sealed record MakeCommand(string CommandId, string DeviceUuid, string DrinkNumber, DrinkSize Size, Money Price);
