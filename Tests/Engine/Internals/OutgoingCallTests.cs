using CoffeePayment.Engine.Clustering;
using CoffeePayment.Engine.Messaging;
using EngineSilo = CoffeePayment.Engine.Hosting.Silo;

namespace CoffeePayment.Tests.Engine.Internals;

/// <summary>What a silo has sent to others, when these do not answer.</summary>
public sealed class OutgoingCallTests
{
    private const string GrainTypeName = "outgoingcall";

    private static readonly SiloAddress Client = SiloAddress.New(System.Net.IPAddress.IPv6Loopback, 0, -5);

    [Fact]
    public async Task Disconnected_AnswerStillUnderWay_CountsAsAnswer()
    {
        await using var silo = await StartAsync();
        var network = (ScriptedNetwork)silo.Service<INetwork>();
        var call = silo.Grain<IOutgoingGrain>(KeyElsewhere(silo)).PingAsync();

        network.Receiver.Disconnected(ScriptedMembership.Other);
        silo.Executor.RunAll();
        network.Receiver.Receive(AnswerTo(network.Sent.Single(IsRequest)));

        await silo.Run(call);
    }

    [Fact]
    public async Task Disconnected_NoAnswer_FailsTheCallSoon()
    {
        await using var silo = await StartAsync();
        var network = (ScriptedNetwork)silo.Service<INetwork>();
        var call = silo.Grain<IOutgoingGrain>(KeyElsewhere(silo)).PingAsync();

        network.Receiver.Disconnected(ScriptedMembership.Other);
        silo.Executor.RunAll();
        silo.Time.Advance(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAsync<SiloUnavailableException>(() => silo.Run(call));
    }

    [Fact]
    public async Task PassedOnCall_NeverAnswered_IsNotKeptForEver()
    {
        await using var silo = await StartAsync();
        var network = (ScriptedNetwork)silo.Service<INetwork>();
        network.Receiver.Receive(FromClient(silo, id: 1));

        silo.Time.Advance(TimeSpan.FromMinutes(10));
        network.Receiver.Receive(FromClient(silo, id: 2));

        var failed = network.Sent.Where(message => message.Kind == MessageKind.Failure).ToList();
        Assert.Equal([(1L, Client)], failed.Select(message => (message.Id, message.Target)));
        network.Receiver.Disconnected(Client);
    }

    [Fact]
    public async Task OneWayCall_OfOneWhoKnowsALaterView_IsNotSentToAndFro()
    {
        await using var silo = await StartAsync();
        var network = (ScriptedNetwork)silo.Service<INetwork>();
        network.Sent.Clear();

        network.Receiver.Receive(new Message
        {
            Kind = MessageKind.OneWay,
            Id = 1,
            Sender = ScriptedMembership.Other,
            Target = silo.Service<EngineSilo>().Address,
            ViewVersion = silo.Service<IMembership>().Current.Version + 1,
            Grain = GrainId.Create(GrainTypeName, KeyElsewhere(silo)),
        });
        silo.Executor.RunAll();

        Assert.DoesNotContain(network.Sent, message => message.Kind == MessageKind.OneWay);
    }

    private static async Task<OneThreadSilo> StartAsync()
    {
        var silo = await OneThreadSilo.StartAsync(builder => builder.Services
            .AddSingleton<INetwork, ScriptedNetwork>()
            .AddSingleton<IMembership, ScriptedMembership>());
        ((ScriptedMembership)silo.Service<IMembership>()).AddOther();
        return silo;
    }

    private static string KeyElsewhere(OneThreadSilo silo) =>
        ScriptedMembership.KeyOn(silo.Service<EngineSilo>(), ScriptedMembership.Other, GrainTypeName);

    private static bool IsRequest(Message message) => message.Kind == MessageKind.Request;

    private static Message AnswerTo(Message request) => new()
    {
        Kind = MessageKind.Response,
        Id = request.Id,
        Sender = request.Target,
        Target = request.Sender,
        Body = CoffeePayment.Engine.Wire.Codec.Get<CoffeePayment.Engine.Calls.Nothing>().Encode(default),
    };

    private static Message FromClient(OneThreadSilo silo, long id) => new()
    {
        Kind = MessageKind.Request,
        Id = id,
        Sender = Client,
        Target = silo.Service<EngineSilo>().Address,
        ViewVersion = long.MinValue,
        Grain = GrainId.Create(GrainTypeName, KeyElsewhere(silo)),
    };

    internal interface IOutgoingGrain : IGrainWithStringKey
    {
        Task PingAsync();
    }

    [GrainType(GrainTypeName)]
    internal sealed class OutgoingGrain : Grain, IOutgoingGrain
    {
        public Task PingAsync() => Task.CompletedTask;
    }
}
