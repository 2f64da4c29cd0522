namespace CoffeePayment.Bench.Options;

/// <summary>Where the service keeps its orders.</summary>
internal enum Storage
{
    Redis,
    Sqlite,
}
