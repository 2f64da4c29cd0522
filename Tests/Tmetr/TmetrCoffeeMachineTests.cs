using System.Net;
using System.Net.Sockets;
using CoffeePayment.Orders;
using CoffeePayment.Ports;
using CoffeePayment.Silo.Tmetr;
using CoffeePayment.Tests.Support;
using CoffeePayment.Tests.Yookassa;

namespace CoffeePayment.Tests.Tmetr;

public sealed class TmetrCoffeeMachineTests : IAsyncLifetime, IDisposable
{
    private const string Token = "tmetr-token-do-not-tell";

    private static readonly MakeCommand Command = new(
        "order-1", "6f0e-machine", "7", DrinkSize.Large, new Money(15000, "RUB"));

    private static readonly Uri NoSuchHost = new("https://tmetr.invalid");

    private readonly LogRecorder _logs = new();
    private ServiceProvider? _services;
    private LoopbackServer? _server;

    public static TheoryData<int, MakeAnswer> Statuses => new()
    {
        { 200, new MakeAnswer.Accepted() },
        { 201, new MakeAnswer.Accepted() },
        { 204, new MakeAnswer.Accepted() },
        { 300, new MakeAnswer.Unknown("http_300") },
        { 302, new MakeAnswer.Unknown("http_302") },
        { 400, new MakeAnswer.Refused("http_400") },
        { 401, new MakeAnswer.Refused("http_401") },
        { 404, new MakeAnswer.Refused("http_404") },
        { 408, new MakeAnswer.Unknown("http_408") },
        { 429, new MakeAnswer.Refused("http_429") },
        { 500, new MakeAnswer.Unknown("http_500") },
        { 503, new MakeAnswer.Unknown("http_503") },
        { 999, new MakeAnswer.Unknown("http_999") },
    };

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_services is not null) await _services.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
    }

    public void Dispose() => _logs.Dispose();

    [Fact]
    public async Task Make_Accepted_SentTheCommandAsTheMachineWantsIt()
    {
        var machine = MachineOf(LoopbackServer.AnsweringJson(200, "{}"));

        var answer = await machine.MakeAsync(Command);

        var request = Assert.Single(_server!.Requests);
        Assert.Equal(new MakeAnswer.Accepted(), answer);
        Assert.Equal("POST /api/commander/v1/command/make HTTP/1.1", request.Line);
        Assert.Equal("Bearer " + Token, request.Headers["Authorization"]);
        Assert.Equal("3", request.Headers["TimeZoneOffset"]);
        Assert.Equal("application/json; charset=utf-8", request.Headers["Content-Type"]);
        Assert.Equal(
            """[{"deviceId":"6f0e-machine","orderUuid":"order-1","drinkUuid":"7","size":"large","price":15000}]""",
            request.Body);
    }

    [Fact]
    public async Task Make_ServiceBelowAPath_ContinuesThatPath()
    {
        _server = LoopbackServer.AnsweringJson(200, "{}");
        var machine = MachineAt(new Uri(_server.Url, "/tmetr/"));

        await machine.MakeAsync(Command);

        Assert.Equal("POST /tmetr/api/commander/v1/command/make HTTP/1.1", Assert.Single(_server.Requests).Line);
    }

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task Make_AnyStatus_IsWhatItSaysAboutTheDrink(int status, MakeAnswer expected)
    {
        var machine = MachineOf(LoopbackServer.Answering(
            $"HTTP/1.1 {status} Some\r\nContent-Length: 0\r\nLocation: /elsewhere\r\nRetry-After: 0\r\n\r\n"));

        var answer = await machine.MakeAsync(Command);

        Assert.Equal(expected, answer);
        Assert.Single(_server!.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 O")]
    [InlineData("This is no HTTP\r\n\r\n")]
    public async Task Make_ConnectionClosedAfterTheRequest_IsUnknownAndSentOnce(string part)
    {
        var machine = MachineOf(LoopbackServer.ClosingAfter(part));

        var answer = await machine.MakeAsync(Command);

        Assert.Equal(new MakeAnswer.Unknown("network"), answer);
        Assert.Single(_server!.Requests);
        Assert.Equal(1, _server.Connections);
    }

    [Fact]
    public async Task Make_SecondCommand_NeverMeetsAConnectionThatIsBeingClosed()
    {
        var machine = MachineOf(LoopbackServer.AnsweringOncePerConnection("{}"));

        var first = await machine.MakeAsync(Command);
        var second = await machine.MakeAsync(Command with { CommandId = "order-2" });

        Assert.Equal(new MakeAnswer.Accepted(), first);
        Assert.Equal(first, second);
        Assert.Equal(2, _server!.Requests.Count);
        Assert.Equal(2, _server.Connections);
    }

    [Fact]
    public async Task Make_PooledConnectionClosedByTheServer_IsUnknownAndSentOnce()
    {
        // Not as registered: connections are kept, so that the handler could be tempted to send the command again.
        var machine = MachineOf(
            LoopbackServer.AnsweringOncePerConnection("{}"),
            services => services.AddKeyedSingleton<HttpMessageHandler>(
                TmetrCoffeeMachine.HandlerKey, (_, _) => new SocketsHttpHandler()));

        await machine.MakeAsync(Command);
        var second = await machine.MakeAsync(Command with { CommandId = "order-2" });

        Assert.Equal(new MakeAnswer.Unknown("network"), second);
        Assert.Equal(["order-1", "order-2"], _server!.Requests.Select(request => request.Body.Split('"')[7]));
    }

    [Fact]
    public async Task Make_LayerBelowSendsAgain_IsStoppedAfterTheFirst()
    {
        var machine = MachineOf(
            LoopbackServer.ClosingAfter(""),
            services => services.AddKeyedSingleton<HttpMessageHandler>(
                TmetrCoffeeMachine.HandlerKey, (_, _) => new RetryingHandler()));

        var answer = await machine.MakeAsync(Command);

        Assert.Equal(new MakeAnswer.Unknown("network"), answer);
        Assert.Single(_server!.Requests);
    }

    [Fact]
    public async Task Make_ServerHangs_IsUnknownAndSentOnce()
    {
        var clock = new VirtualTimeProvider();
        var machine = MachineOf(
            LoopbackServer.HangingAfter(""), services => services.AddSingleton<TimeProvider>(clock));

        var made = machine.MakeAsync(Command);
        await _server!.Hanging;
        clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(new MakeAnswer.Unknown("timeout"), await made);
        Assert.Single(_server!.Requests);
    }

    [Fact]
    public async Task Make_HeadersOfSuccessButNoBody_IsAccepted()
    {
        var machine = MachineOf(LoopbackServer.HangingAfter("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"));

        Assert.Equal(new MakeAnswer.Accepted(), await machine.MakeAsync(Command));
    }

    [Fact]
    public async Task Make_NobodyListens_IsRefused()
    {
        var machine = MachineAt(LoopbackServer.Nobody());

        Assert.Equal(new MakeAnswer.Refused("connection_refused"), await machine.MakeAsync(Command));
    }

    [Fact]
    public async Task Make_NoSuchHost_IsRefused()
    {
        var machine = MachineAt(
            NoSuchHost,
            services => services.AddKeyedSingleton<HttpMessageHandler>(
                TmetrCoffeeMachine.HandlerKey,
                (_, _) => new SocketsHttpHandler
                {
                    ConnectCallback = (_, _) => throw new SocketException((int)SocketError.HostNotFound),
                }));

        Assert.Equal(new MakeAnswer.Refused("name_resolution"), await machine.MakeAsync(Command));
    }

    [Fact]
    public async Task Make_NoTlsAtTheOtherEnd_IsRefused()
    {
        // A TLS greeting has no end that an HTTP server would wait for; closing on it is what such a server does.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var machine = MachineAt(new Uri($"https://{listener.LocalEndpoint}"));

        var made = machine.MakeAsync(Command);
        using (await listener.AcceptTcpClientAsync())
        {
        }

        Assert.Equal(new MakeAnswer.Refused("secure_connection"), await made);
    }

    [Fact]
    public async Task Make_ConnectingTakesTooLong_IsRefusedExactlyThen()
    {
        var clock = new VirtualTimeProvider();
        var machine = MachineAt(NoSuchHost, services => services
            .AddSingleton<TimeProvider>(clock)
            .AddKeyedSingleton<HttpMessageHandler>(TmetrCoffeeMachine.HandlerKey, (_, _) => new SocketsHttpHandler
            {
                ConnectCallback = async (_, cancellationToken) =>
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                    return Stream.Null;
                },
            }));

        var made = machine.MakeAsync(Command);
        clock.Advance(TimeSpan.FromSeconds(9.999));
        var early = made.IsCompleted;
        clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(new MakeAnswer.Refused("timeout"), await made);
        Assert.False(early);
    }

    [Fact]
    public async Task Logs_EveryOutcome_HaveNoToken()
    {
        await MachineOf(LoopbackServer.ClosingAfter("")).MakeAsync(Command);
        await MachineAt(LoopbackServer.Nobody()).MakeAsync(Command);

        var texts = _logs.Entries.Select(entry => entry.Text).ToList();
        Assert.Equal([2052, 2051], _logs.Warnings);
        Assert.DoesNotContain(texts, text => text.Contains(Token, StringComparison.Ordinal));
    }

    private ICoffeeMachine MachineOf(LoopbackServer server, Action<IServiceCollection>? configure = null)
    {
        _server = server;
        return MachineAt(server.Url, configure);
    }

    private ICoffeeMachine MachineAt(Uri url, Action<IServiceCollection>? configure = null)
    {
        var services = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_logs));
        configure?.Invoke(services);
        _services = services
            .AddTmetr()
            .Configure<TmetrOptions>(options =>
            {
                options.Url = url;
                options.Token = Token;
            })
            .BuildServiceProvider();
        return _services.GetRequiredService<ICoffeeMachine>();
    }

    /// <summary>What some well-meaning layer might do one day.</summary>
    private sealed class RetryingHandler() : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            catch (HttpRequestException)
            {
                return await base.SendAsync(request, cancellationToken);
            }
        }
    }
}
