namespace Orleans;

/// <summary>Decides whether a client that could not connect at its start tries again.</summary>
public interface IClientConnectionRetryFilter
{
    /// <param name="exception">Why the attempt failed.</param>
    /// <param name="cancellationToken">Cancelled when the client is to stop.</param>
    /// <returns>False: the start fails.</returns>
    Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken);
}
