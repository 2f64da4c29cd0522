using System.IO.Pipelines;
using System.Net;
using CoffeePayment.Hosting.Clustering;
using CoffeePayment.Tests.Support;
using Microsoft.AspNetCore.Connections;

namespace CoffeePayment.Tests.Host;

public sealed class ClusterSecretTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly VirtualTimeProvider _time = new();
    private readonly List<string> _log = [];

    [Fact]
    public async Task Connect_SameSecret_BothGoOnAndNothingIsLost()
    {
        var (initiator, acceptor) = Pair();
        var heard = new TaskCompletionSource<string>();

        await Task.WhenAll(
            Secret("right").Initiate(SayHello)(initiator),
            Secret("right").Accept(connection => HearAsync(connection, heard))(acceptor));

        Assert.Equal("hello", await heard.Task);
        Assert.Empty(_log);
    }

    [Fact]
    public async Task Connect_OtherSecret_NeitherGoesOn()
    {
        var (initiator, acceptor) = Pair();

        var accepting = Secret("right").Accept(Forbidden)(acceptor);
        var exception = await Assert.ThrowsAsync<ConnectionAbortedException>(
            () => Secret("wrong").Initiate(Forbidden)(initiator).WaitAsync(Patience));
        await accepting.WaitAsync(Patience);

        Assert.Equal("it has another cluster secret", exception.Message);
        Assert.Equal(2, _log.Count);
        Assert.DoesNotContain(_log, line => line.Contains("right", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Accept_NoProofButSomethingElse_RefusesAtOnce()
    {
        var (initiator, acceptor) = Pair();
        var accepting = Secret("right").Accept(Forbidden)(acceptor);

        await initiator.Transport.Output.WriteAsync("CPEN and whatever follows"u8.ToArray());
        await accepting.WaitAsync(Patience);

        Assert.Contains("does not prove", Assert.Single(_log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accept_Silence_RefusesAfterFiveSeconds()
    {
        var (_, acceptor) = Pair();
        var accepting = Secret("right").Accept(Forbidden)(acceptor);

        _time.Advance(TimeSpan.FromSeconds(4.9));
        var isEarly = accepting.IsCompleted;
        _time.Advance(TimeSpan.FromSeconds(0.1));
        await accepting.WaitAsync(Patience);

        Assert.False(isEarly);
        Assert.Contains("in time", Assert.Single(_log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accept_ProofOfAnEarlierConnection_IsRefused()
    {
        var earlier = await RecordedProofAsync();
        var (initiator, acceptor) = Pair();
        var accepting = Secret("right").Accept(Forbidden)(acceptor);

        await initiator.Transport.Output.WriteAsync(earlier);
        await accepting.WaitAsync(Patience);

        Assert.Contains("another cluster secret", Assert.Single(_log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Initiate_ItsOwnProofSentBack_IsRefused()
    {
        var (initiator, acceptor) = Pair();
        var initiating = Secret("right").Initiate(Forbidden)(initiator);
        await acceptor.Transport.Output.WriteAsync((byte[])[.. "coffee secret 1\n"u8, .. new byte[32]]);

        var proof = await ReadAsync(acceptor.Transport.Input, 80);
        await acceptor.Transport.Output.WriteAsync(proof.AsMemory(48));

        await Assert.ThrowsAsync<ConnectionAbortedException>(() => initiating.WaitAsync(Patience));
    }

    [Fact]
    public async Task Initiate_OtherSideEnds_IsRefused()
    {
        var (initiator, acceptor) = Pair();
        var initiating = Secret("right").Initiate(Forbidden)(initiator);

        await acceptor.Transport.Output.CompleteAsync();

        await Assert.ThrowsAsync<ConnectionAbortedException>(() => initiating.WaitAsync(Patience));
    }

    [Fact]
    public async Task Accept_SameAddressRefusedOften_IsLoggedOnceAMinute()
    {
        var secret = Secret("right");
        for (var i = 0; i < 5; i++) await RefuseAsync(secret);
        _time.Advance(TimeSpan.FromMinutes(1));
        await RefuseAsync(secret);

        Assert.Equal(2, _log.Count);
    }

    private static (ConnectionContext Initiator, ConnectionContext Acceptor) Pair()
    {
        var (there, back) = (new Pipe(), new Pipe());
        return (Context(back.Reader, there.Writer), Context(there.Reader, back.Writer));
    }

    private static DefaultConnectionContext Context(PipeReader input, PipeWriter output) =>
        new("test", new Duplex(input, output), new Duplex(input, output))
        {
            RemoteEndPoint = new IPEndPoint(IPAddress.Loopback, 1234),
        };

    private static async Task SayHello(ConnectionContext connection) =>
        await connection.Transport.Output.WriteAsync("hello"u8.ToArray());

    private static async Task HearAsync(ConnectionContext connection, TaskCompletionSource<string> heard) =>
        heard.SetResult(System.Text.Encoding.UTF8.GetString(await ReadAsync(connection.Transport.Input, 5)));

    private static Task Forbidden(ConnectionContext connection) =>
        throw new InvalidOperationException("It went on.");

    private static async Task<byte[]> ReadAsync(PipeReader input, int count)
    {
        var result = await input.ReadAtLeastAsync(count).AsTask().WaitAsync(Patience);
        var bytes = System.Buffers.BuffersExtensions.ToArray(result.Buffer.Slice(0, count));
        input.AdvanceTo(result.Buffer.GetPosition(count));
        return bytes;
    }

    // What an initiator with the right secret says to an acceptor that somebody else plays.
    private async Task<byte[]> RecordedProofAsync()
    {
        var (initiator, acceptor) = Pair();
        var initiating = Secret("right").Initiate(Forbidden)(initiator);
        await acceptor.Transport.Output.WriteAsync((byte[])[.. "coffee secret 1\n"u8, .. new byte[32]]);
        var proof = await ReadAsync(acceptor.Transport.Input, 80);
        await acceptor.Transport.Output.CompleteAsync();
        await Assert.ThrowsAsync<ConnectionAbortedException>(() => initiating.WaitAsync(Patience));
        _log.Clear();
        return proof;
    }

    private static async Task RefuseAsync(ClusterSecret secret)
    {
        var (initiator, acceptor) = Pair();
        await initiator.Transport.Output.CompleteAsync();
        await secret.Accept(Forbidden)(acceptor).WaitAsync(Patience);
    }

    private ClusterSecret Secret(string secret) =>
        new(secret, new LineLogger<ClusterSecret>(_log), _time);

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private sealed class LineLogger<T>(List<string> lines) : ILogger<T>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            lock (lines) lines.Add(formatter(state, exception));
        }
    }
}
