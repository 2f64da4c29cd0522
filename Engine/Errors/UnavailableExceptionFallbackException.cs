namespace Orleans.Serialization;

/// <summary>Stands for an exception of another silo whose type cannot be made here.</summary>
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
    public string? ExceptionType { get; internal set; }
}
