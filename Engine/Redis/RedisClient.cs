using StackExchange.Redis;

namespace CoffeePayment.Engine.Redis;

/// <summary>Calls to one Redis, each bounded in time, over a connection that reconnects by itself.</summary>
/// <param name="multiplexer">The connection.</param>
/// <param name="isShared">Whether others use the connection too, so that it is not closed with this client.</param>
/// <param name="wrap">Makes what is thrown of a message and the exception of StackExchange.Redis.</param>
internal sealed class RedisClient(
    IConnectionMultiplexer multiplexer, bool isShared, Func<string, Exception, Exception> wrap) : IDisposable
{
    private const string ForgottenScript = "NOSCRIPT";

    // What StackExchange.Redis 1.2.6 has where nobody set anything; too short for a disk that has to sync.
    private const int SyncTimeoutDefaultMs = 1000;

    private static readonly TimeSpan TimeoutDefault = TimeSpan.FromSeconds(5);

    private readonly IDatabase _database = multiplexer.GetDatabase();

    /// <summary>How long a call may take: <c>SyncTimeout</c> of the connection if it was set, 5 s if not.</summary>
    public TimeSpan Timeout { get; } = multiplexer.TimeoutMilliseconds == SyncTimeoutDefaultMs
        ? TimeoutDefault
        : TimeSpan.FromMilliseconds(multiplexer.TimeoutMilliseconds);

    /// <summary>Calls Redis.</summary>
    /// <param name="what">What is to be done, for the message if it fails: "read reminders".</param>
    /// <param name="call">The call.</param>
    public async Task<T> CallAsync<T>(string what, Func<IDatabase, Task<T>> call)
    {
        try
        {
            return await BoundedCall<T>.Of(call(_database), Timeout).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsOfRedis(exception))
        {
            throw Wrapped(what, exception);
        }
    }

    /// <summary>Runs a script.</summary>
    /// <param name="what">What is to be done, for the message if it fails: "clear a state".</param>
    /// <param name="script">The script.</param>
    /// <param name="keys">Its keys.</param>
    /// <param name="arguments">Its arguments.</param>
    public async Task<RedisResult> RunAsync(
        string what, RedisScript script, RedisKey[] keys, params RedisValue[] arguments)
    {
        try
        {
            return await BoundedCall<RedisResult>.Of(EvaluateAsync(script, keys, arguments), Timeout)
                .ConfigureAwait(false);
        }
        catch (Exception exception) when (IsOfRedis(exception))
        {
            throw Wrapped(what, exception);
        }
    }

    /// <summary>
    /// Runs a script by its name; where Redis has forgotten it (it was restarted, or told to flush its scripts) the
    /// script is sent whole, and known again from then on. Not bounded in time.
    /// </summary>
    public async Task<RedisResult> EvaluateAsync(RedisScript script, RedisKey[] keys, RedisValue[] arguments)
    {
        try
        {
            return await _database.ScriptEvaluateAsync(script.Hash, keys, arguments).ConfigureAwait(false);
        }
        catch (RedisServerException exception) when (
            exception.Message.StartsWith(ForgottenScript, StringComparison.Ordinal))
        {
            return await _database.ScriptEvaluateAsync(script.Text, keys, arguments, CommandFlags.NoScriptCache)
                .ConfigureAwait(false);
        }
    }

    /// <summary>Waits until Redis answers; a refused password is not waited for.</summary>
    /// <exception cref="Exception">It did not within the time, or the start was given up.</exception>
    public async Task WaitUntilItAnswersAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await BoundedCall<TimeSpan>.Of(_database.PingAsync(), Timeout).ConfigureAwait(false);
                return;
            }
            catch (Exception exception) when (IsOfRedis(exception))
            {
                if (IsRefusal(exception) || TimeProvider.System.GetElapsedTime(started) > patience)
                    throw wrap(
                        $"Redis at {Redis} did not answer within {patience.TotalSeconds:0} s: {exception.Message}",
                        exception);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    /// <summary>Whether a failure is one of Redis or of the way there.</summary>
    public static bool IsOfRedis(Exception exception) =>
        exception is RedisException or TimeoutException or ObjectDisposedException or OperationCanceledException;

    /// <summary>What to throw of a failure.</summary>
    public Exception Wrapped(string what, Exception exception) => wrap(
        exception is TimeoutException
            ? $"Could not {what} in time; if it was to change something, the outcome is unknown: {exception.Message}"
            : $"Could not {what}: {exception.Message}",
        exception);

    public void Dispose()
    {
        if (!isShared) multiplexer.Dispose();
    }

    private string Redis => string.Join(", ", multiplexer.GetEndPoints().Select(endpoint => endpoint switch
    {
        System.Net.DnsEndPoint name => $"{name.Host}:{name.Port}",
        _ => endpoint.ToString(),
    }));

    private static bool IsRefusal(Exception exception) =>
        exception is RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure };
}
