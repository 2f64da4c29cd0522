namespace Orleans.Serialization;

/// <summary>Stands for an exception of another silo whose type cannot be made here.</summary>
[GenerateSerializer]
public sealed class UnavailableExceptionFallbackException : Exception
{
    public UnavailableExceptionFallbackException()
    {
    }

    public UnavailableExceptionFallbackException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The name of the type of the exception that was thrown.</summary>
    [Id(0)]
    public string? ExceptionType { get; internal set; }
}
