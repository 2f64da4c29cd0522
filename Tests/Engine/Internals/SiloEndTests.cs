using CoffeePayment.Engine.Clustering;
using CoffeePayment.Engine.Hosting;
using CoffeePayment.Engine.Messaging;
using EngineSilo = CoffeePayment.Engine.Hosting.Silo;

namespace CoffeePayment.Tests.Engine.Internals;

/// <summary>A silo that stops, or is stopped, keeps neither its host nor its callers.</summary>
public sealed class SiloEndTests
{
    private const string GrainTypeName = "siloend";

    [Fact]
    public async Task Kill_WhileTheSiloStops_EndsTheStop()
    {
        await using var silo = await StartAsync();
        _ = silo.Grain<ISiloEndGrain>("a").HangAsync();
        silo.Executor.RunAll();
        var stop = silo.Service<SiloHost>().StopAsync(CancellationToken.None);
        silo.Executor.RunAll();
        var isOverBefore = stop.IsCompleted;

        silo.Service<EngineSilo>().Kill();

        await stop.WaitAsync(Probe.Patience);
        Assert.False(isOverBefore);
    }

    [Fact]
    public async Task Kill_WhileTheSiloStarts_FailsTheStart()
    {
        var services = OneThreadSilo.Services(out var executor, out _, builder => AddScript(builder.Services));
        await using var provider = services.BuildServiceProvider();
        var membership = (ScriptedMembership)provider.GetRequiredService<IMembership>();
        membership.Table = new TaskCompletionSource().Task;
        var start = provider.GetRequiredService<SiloHost>().StartAsync(CancellationToken.None);
        executor.RunAll();

        provider.GetRequiredService<EngineSilo>().Kill();

        await Assert.ThrowsAsync<OrleansException>(() => start.WaitAsync(Probe.Patience));
    }

    [Fact]
    public async Task Call_OnAKilledSiloOfAGrainElsewhere_FailsAtOnce()
    {
        await using var silo = await StartAsync();
        var key = KeyElsewhere(silo);
        ((ScriptedMembership)silo.Service<IMembership>()).AddOther();
        silo.Service<EngineSilo>().Kill();

        var call = silo.Grain<ISiloEndGrain>(key).HangAsync();

        Assert.True(call.IsFaulted);
        await Assert.ThrowsAsync<SiloUnavailableException>(() => call);
    }

    [Fact]
    public async Task Call_WhileTheTableIsToldThatTheSiloLeaves_IsCarriedOut()
    {
        await using var silo = await StartAsync();
        var table = new TaskCompletionSource();
        ((ScriptedMembership)silo.Service<IMembership>()).Table = table.Task;
        var stop = silo.Service<SiloHost>().StopAsync(CancellationToken.None);
        silo.Executor.RunAll();

        var call = silo.Grain<ISiloEndGrain>("a").PingAsync();
        await silo.Run(call);

        table.SetResult();
        silo.Executor.RunAll();
        await stop.WaitAsync(Probe.Patience);
    }

    [Fact]
    public async Task Call_OfASiloThatCannotBeReached_IsGivenUpSoonByASiloThatStops()
    {
        await using var silo = await StartAsync();
        var key = KeyElsewhere(silo);
        ((ScriptedMembership)silo.Service<IMembership>()).AddOther();
        ((ScriptedNetwork)silo.Service<INetwork>()).IsDown = true;
        silo.Service<EngineSilo>().Status = SiloStatus.ShuttingDown;

        var call = silo.Grain<ISiloEndGrain>(key).PingAsync();
        for (var i = 0; i < 30; i++)
        {
            silo.Executor.RunAll();
            silo.Time.Advance(TimeSpan.FromMilliseconds(100));
        }

        await Assert.ThrowsAsync<OrleansMessageRejectionException>(() => silo.Run(call));
    }

    [Fact]
    public async Task Response_TooLarge_IsAFailureInstead()
    {
        await using var silo = await StartAsync();
        var network = (ScriptedNetwork)silo.Service<INetwork>();
        var response = new Message
        {
            Kind = MessageKind.Response,
            Id = 7,
            Sender = silo.Service<EngineSilo>().Address,
            Target = ScriptedMembership.Other,
        };

        network.Receiver.NotSent(response, new MessageTooLargeException("The message has 1 GB."));

        Assert.Equal((MessageKind.Failure, 7L, ScriptedMembership.Other), network.Sent
            .Select(message => (message.Kind, message.Id, message.Target)).Last());
    }

    private static Task<OneThreadSilo> StartAsync() => OneThreadSilo.StartAsync(builder => AddScript(builder.Services));

    private static void AddScript(IServiceCollection services)
    {
        services.AddSingleton<INetwork, ScriptedNetwork>();
        services.AddSingleton<IMembership, ScriptedMembership>();
    }

    private static string KeyElsewhere(OneThreadSilo silo) =>
        ScriptedMembership.KeyOn(silo.Service<EngineSilo>(), ScriptedMembership.Other, GrainTypeName);

    internal interface ISiloEndGrain : IGrainWithStringKey
    {
        Task PingAsync();

        /// <summary>Never ends.</summary>
        Task HangAsync();
    }

    [GrainType(GrainTypeName)]
    internal sealed class SiloEndGrain : Grain, ISiloEndGrain
    {
        public Task PingAsync() => Task.CompletedTask;

        public Task HangAsync() => new TaskCompletionSource().Task;
    }
}
