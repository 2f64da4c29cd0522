using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using CoffeePayment.Hosting.Logs;
using Microsoft.AspNetCore.Connections;

namespace CoffeePayment.Hosting.Clustering;

/// <summary>
/// Lets only those connect with each other who know the cluster's secret, before anything else is read. Each side
/// proves it by an HMAC over what both sides made up for this connection and over its role, so that neither an earlier
/// proof nor the other side's own can be used; the secret itself does not cross the wire.
/// </summary>
/// <remarks>
/// Whoever connects proves first: those who merely find the port get nothing to guess the secret by. What follows on
/// the connection is not encrypted; where others could read or change it, TLS is needed besides.
/// </remarks>
internal sealed partial class ClusterSecret(string secret, ILogger<ClusterSecret> logger, TimeProvider time)
{
    private const int NonceBytes = 32;

    private const int ProofBytes = HMACSHA256.HashSizeInBytes;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly byte[] _key = Encoding.UTF8.GetBytes(secret);
    private readonly RarelyLogged _logged = new(time);

    private enum Role : byte
    {
        Initiator = 1,
        Acceptor = 2,
    }

    // What a side that knows of no secret sends instead is told apart by it, and people who look at the wire see what
    // this is.
    private static ReadOnlySpan<byte> Greeting => "coffee secret 1\n"u8;

    /// <summary>For connections that this side makes.</summary>
    public ConnectionDelegate Initiate(ConnectionDelegate next) => async connection =>
    {
        if (await RefusalAsync(connection, InitiateAsync) is { } refusal)
        {
            Log(connection.RemoteEndPoint, refusal);
            throw new ConnectionAbortedException(refusal);
        }

        await next(connection);
    };

    /// <summary>For connections that others make.</summary>
    public ConnectionDelegate Accept(ConnectionDelegate next) => async connection =>
    {
        // Whoever is refused is not worth an exception: the host would log each.
        if (await RefusalAsync(connection, AcceptAsync) is { } refusal) Log(connection.RemoteEndPoint, refusal);
        else await next(connection);
    };

    private async Task<string?> RefusalAsync(
        ConnectionContext connection, Func<IDuplexPipe, CancellationToken, Task<string?>> prove)
    {
        using var timeout = new CancellationTokenSource(Patience, time);
        try
        {
            return await prove(connection.Transport, timeout.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return "it did not prove in time that it knows the cluster's secret; it may have been given none";
        }
        catch (IOException exception)
        {
            return "the connection ended before both sides had proved the cluster's secret, theirs may differ: "
                + exception.Message;
        }
    }

    private async Task<string?> InitiateAsync(IDuplexPipe pipe, CancellationToken cancellationToken)
    {
        if (await ReadGreetedAsync(pipe.Input, NonceBytes, cancellationToken) is not { } acceptorNonce)
            return "it does not ask for the cluster's secret; it may have been given none";
        var nonce = RandomNumberGenerator.GetBytes(NonceBytes);
        await pipe.Output.WriteAsync(
            (byte[])[.. Greeting, .. nonce, .. Proof(Role.Initiator, nonce, acceptorNonce)], cancellationToken);
        var proof = await ReadAsync(pipe.Input, ProofBytes, cancellationToken);
        return IsProof(proof, Role.Acceptor, nonce, acceptorNonce) ? null : "it has another cluster secret";
    }

    private async Task<string?> AcceptAsync(IDuplexPipe pipe, CancellationToken cancellationToken)
    {
        var nonce = RandomNumberGenerator.GetBytes(NonceBytes);
        await pipe.Output.WriteAsync((byte[])[.. Greeting, .. nonce], cancellationToken);
        if (await ReadGreetedAsync(pipe.Input, NonceBytes + ProofBytes, cancellationToken) is not { } answer)
            return "it does not prove that it knows the cluster's secret; it may have been given none";
        var initiatorNonce = answer[..NonceBytes];
        var isMember = IsProof(answer.AsSpan(NonceBytes), Role.Initiator, initiatorNonce, nonce);
        await pipe.Output.WriteAsync(
            isMember ? Proof(Role.Acceptor, initiatorNonce, nonce) : new byte[ProofBytes], cancellationToken);
        return isMember ? null : "it has another cluster secret";
    }

    private byte[] Proof(Role role, byte[] initiatorNonce, byte[] acceptorNonce) =>
        HMACSHA256.HashData(_key, (byte[])[.. Greeting, (byte)role, .. initiatorNonce, .. acceptorNonce]);

    private bool IsProof(ReadOnlySpan<byte> proof, Role role, byte[] initiatorNonce, byte[] acceptorNonce) =>
        CryptographicOperations.FixedTimeEquals(proof, Proof(role, initiatorNonce, acceptorNonce));

    // Null when something else than the greeting comes first; that is known before all of it is there.
    private static async Task<byte[]?> ReadGreetedAsync(
        PipeReader input, int count, CancellationToken cancellationToken)
    {
        var greeting = await ReadAsync(input, Greeting.Length, cancellationToken);
        return greeting.AsSpan().SequenceEqual(Greeting) ? await ReadAsync(input, count, cancellationToken) : null;
    }

    private static async Task<byte[]> ReadAsync(PipeReader input, int count, CancellationToken cancellationToken)
    {
        var result = await input.ReadAtLeastAsync(count, cancellationToken);
        if (result.Buffer.Length < count) throw new EndOfStreamException("its other side ended it");
        var taken = result.Buffer.Slice(0, count);
        var bytes = taken.ToArray();
        input.AdvanceTo(taken.End);
        return bytes;
    }

    private void Log(EndPoint? endpoint, string refusal)
    {
        var address = endpoint is IPEndPoint ip ? ip.Address.ToString() : $"{endpoint}";
        if (_logged.IsDue(address)) LogRefused(logger, address, refusal);
    }

    [LoggerMessage(2101, LogLevel.Warning, "No cluster traffic with {Address}: {Refusal}")]
    private static partial void LogRefused(ILogger logger, string address, string refusal);
}
