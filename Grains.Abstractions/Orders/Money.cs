namespace CoffeePayment.Orders;

/// <summary>An amount of money, exact.</summary>
/// <param name="MinorUnits">The amount in the currency's minor units: kopecks, cents.</param>
/// <param name="Currency">ISO 4217 code, upper case: <c>RUB</c>.</param>
[GenerateSerializer]
[Immutable]
[Alias("CoffeePayment.Money")]
public readonly record struct Money(
    [property: Id(0)] long MinorUnits,
    [property: Id(1)] string Currency)
{
    public override string ToString() => $"{MinorUnits} {Currency}";
}
