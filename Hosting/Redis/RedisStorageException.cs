namespace CoffeePayment.Hosting.Redis;

/// <summary>
/// Redis cannot be reached, did not answer in time, or could not do what was asked of it; the message says which. A
/// write that failed with this has not been acknowledged; if Redis did not answer, its outcome is unknown.
/// </summary>
[GenerateSerializer]
[Alias("CoffeePayment.RedisStorageException")]
public sealed class RedisStorageException(string message, Exception? innerException = null)
    : Exception(message, innerException);
