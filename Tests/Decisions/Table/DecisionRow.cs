using CoffeePayment.Grains;
using CoffeePayment.Orders;

namespace CoffeePayment.Tests.Decisions.Table;

/// <summary>One line of the decision table.</summary>
/// <param name="Label">State | event, in words; how the test runner names the row.</param>
/// <param name="Given">The order before.</param>
/// <param name="When">What happens, and when it is decided on.</param>
/// <param name="Then">What must come of it.</param>
/// <param name="Options">The settings.</param>
public sealed record DecisionRow(string Label, PaymentOrder Given, When When, Then Then, PaymentOptions Options);
