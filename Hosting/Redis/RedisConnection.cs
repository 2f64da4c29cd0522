using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using CoffeePayment.Grouping;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace CoffeePayment.Hosting.Redis;

/// <summary>
/// The process's one connection to Redis, which Orleans' providers share. Made when first asked for; it reconnects by
/// itself. Every call is bounded in time, and fails with <see cref="RedisStorageException"/>.
/// </summary>
public sealed class RedisConnection : IAsyncDisposable
{
    private const string ForgottenScript = "NOSCRIPT";

    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(200);

    private readonly RedisOptions _options;
    private readonly RedisInstruments _instruments;
    private readonly Lock _connecting = new();
    private ImmutableList<Func<int>> _queues = [];
    private Task<ConnectionMultiplexer>? _connection;

    /// <summary>Connects to nothing yet.</summary>
    /// <param name="options">Which Redis, and how patient to be with it.</param>
    /// <param name="meters">Makes the meter <c>CoffeePayment.Redis</c>; null where nobody listens through one.</param>
    public RedisConnection(IOptions<RedisOptions> options, IMeterFactory? meters = null)
    {
        _options = options.Value;
        _instruments = new RedisInstruments(meters, () => _queues.Sum(length => length()));
    }

    /// <summary>The connection itself, for Orleans' providers; it may not be up, and must not be closed.</summary>
    public async Task<(IConnectionMultiplexer Multiplexer, bool IsShared)> ShareAsync() => (await ConnectAsync(), true);

    /// <summary>Waits until Redis answers; a password that it refuses is not waited for.</summary>
    /// <exception cref="RedisStorageException">
    /// It did not within <see cref="RedisOptions.StartPatience"/>; the message is a line for people.
    /// </exception>
    public async Task WaitUntilItAnswersAsync(CancellationToken cancellationToken = default)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await SendAsync(static database => database.PingAsync(), cancellationToken);
                return;
            }
            catch (Exception exception) when (IsOfRedis(exception, cancellationToken))
            {
                if (IsRefusal(exception) || TimeProvider.System.GetElapsedTime(started) >= _options.StartPatience)
                {
                    throw new RedisStorageException(
                        $"REDIS_URL: Redis at {Address} does not answer ({Reason(exception)}).", exception);
                }

                await Task.Delay(RetryInterval, TimeProvider.System, cancellationToken);
            }
        }
    }

    /// <summary>Asks Redis for a sign of life.</summary>
    public Task<TimeSpan> PingAsync(CancellationToken cancellationToken = default) =>
        CallAsync("reach Redis", static database => database.PingAsync(), cancellationToken);

    /// <summary>Calls Redis.</summary>
    /// <param name="what">What is to be done, for the message if it fails: "count the pending orders".</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Gives up; a write may be done all the same.</param>
    internal async Task<T> CallAsync<T>(
        string what, Func<IDatabase, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(call, cancellationToken);
        }
        catch (Exception exception) when (IsOfRedis(exception, cancellationToken))
        {
            _instruments.Failed();
            throw Wrapped(what, exception);
        }
    }

    /// <summary>Runs a script.</summary>
    /// <param name="what">What is to be done, for the message if it fails: "list orders".</param>
    /// <param name="script">The script.</param>
    /// <param name="keys">Its keys.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cancellationToken">Gives up; a write may be done all the same.</param>
    internal Task<RedisResult> RunAsync(
        string what,
        RedisScript script,
        RedisKey[] keys,
        RedisValue[] arguments,
        CancellationToken cancellationToken) =>
        CallAsync(what, database => EvaluateAsync(database, script, keys, arguments), cancellationToken);

    /// <summary>What shares commands.</summary>
    /// <param name="send">Sends requests in one command, in this order; answers each of them, in this order.</param>
    /// <param name="gathering">How long they wait for company.</param>
    internal GroupedCalls<TRequest, TAnswer> Group<TRequest, TAnswer>(
        Func<IDatabase, IReadOnlyList<TRequest>, Task<IReadOnlyList<TAnswer>>> send, Gathering gathering)
    {
        var group = new GroupedCalls<TRequest, TAnswer>(
            async requests =>
            {
                var connection = await ConnectAsync().ConfigureAwait(false);
                var sentAt = TimeProvider.System.GetTimestamp();
                var answers = await send(connection.GetDatabase(), requests).ConfigureAwait(false);
                _instruments.Answered(sentAt);
                return answers;
            },
            _options.CallTimeout,
            gathering,
            TimeProvider.System);
        ImmutableInterlocked.Update(ref _queues, static (queues, length) => queues.Add(length), () => group.Waiting);
        return group;
    }

    /// <summary>Calls Redis together with others; each call has its own outcome.</summary>
    /// <param name="what">What is to be done, for the message if it fails: "schedule an order".</param>
    /// <param name="calls">What shares commands.</param>
    /// <param name="request">What this caller wants.</param>
    /// <param name="cancellationToken">Gives up; a write may be done all the same.</param>
    internal async Task<TAnswer> CallAsync<TRequest, TAnswer>(
        string what, GroupedCalls<TRequest, TAnswer> calls, TRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await calls.CallAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsOfRedis(exception, cancellationToken))
        {
            _instruments.Failed();
            throw Wrapped(what, exception);
        }
    }

    /// <summary>
    /// Runs a script by its name; where Redis has forgotten it (it was restarted, or told to flush its scripts) the
    /// script is sent whole, and known again from then on. Not bounded in time.
    /// </summary>
    internal static async Task<RedisResult> EvaluateAsync(
        IDatabase database, RedisScript script, RedisKey[] keys, RedisValue[] arguments)
    {
        try
        {
            return await database.ScriptEvaluateAsync(script.Hash, keys, arguments).ConfigureAwait(false);
        }
        catch (RedisServerException exception) when (
            exception.Message.StartsWith(ForgottenScript, StringComparison.Ordinal))
        {
            return await database.ScriptEvaluateAsync(script.Text, keys, arguments, CommandFlags.NoScriptCache)
                .ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is { IsCompletedSuccessfully: true } connection)
            await (await connection).CloseAsync(allowCommandsToComplete: false);
    }

    private string Address => string.Join(", ", _options.Configuration!.EndPoints.Select(endpoint => endpoint switch
    {
        System.Net.DnsEndPoint name => $"{name.Host}:{name.Port}",
        _ => $"{endpoint}",
    }));

    /// <summary>
    /// Whether the client failed; it cancels the calls of a connection that it closes, which nobody here asked it to.
    /// </summary>
    private static bool IsOfRedis(Exception exception, CancellationToken cancellationToken) =>
        exception is RedisException or TimeoutException or ObjectDisposedException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private static bool IsRefusal(Exception exception) => Chain(exception).Any(cause =>
        cause is RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure });

    private static string Reason(Exception exception) => IsRefusal(exception)
        ? "it refuses the user or password"
        : Chain(exception).Last().Message.TrimEnd('.');

    private static IEnumerable<Exception> Chain(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
            yield return cause;
    }

    // Without the client's exception: a call on a grain may end with this one, and no Orleans can send the client's.
    private static RedisStorageException Wrapped(string what, Exception exception) => new(
        exception is TimeoutException
            ? $"Could not {what} in time; if it was to change something, the outcome is unknown."
            : $"Could not {what}: {exception.Message}");

    private async Task<T> SendAsync<T>(Func<IDatabase, Task<T>> call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var database = (await ConnectAsync()).GetDatabase();
        var sentAt = TimeProvider.System.GetTimestamp();
        var answer = await BoundedCall<T>.Of(call(database), _options.CallTimeout, cancellationToken);
        _instruments.Answered(sentAt);
        return answer;
    }

    private Task<ConnectionMultiplexer> ConnectAsync()
    {
        lock (_connecting)
        {
            if (_connection is null or { IsFaulted: true })
            {
                var configuration = _options.Configuration!.Clone();
                configuration.AbortOnConnectFail = false;
                configuration.SyncTimeout = (int)_options.CallTimeout.TotalMilliseconds;
                _connection = ConnectionMultiplexer.ConnectAsync(configuration);
            }

            return _connection;
        }
    }
}
