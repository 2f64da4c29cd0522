namespace Orleans.Runtime;

/// <summary>
/// A call was turned away before anything was carried out, since its silo is not the right one any more.
/// </summary>
public class OrleansMessageRejectionException : OrleansException
{
    internal OrleansMessageRejectionException(string message)
        : base(message)
    {
    }
}
