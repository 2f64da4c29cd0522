namespace CoffeePayment.Grains;

/// <summary>
/// The names under which grain state is stored. They are part of keys in live databases: never change them.
/// </summary>
public static class StorageNames
{
    /// <summary>The grain storage provider that holds orders.</summary>
    public const string Orders = "orders";

    /// <summary>The state name of an order within its grain.</summary>
    public const string Order = "order";
}
