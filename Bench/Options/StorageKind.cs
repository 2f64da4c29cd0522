namespace CoffeePayment.Bench.Options;

/// <summary>Where the service keeps its orders.</summary>
internal enum StorageKind
{
    Redis,
    Sqlite,
}
