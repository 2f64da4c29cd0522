using CoffeePayment.Engine.Clustering;
using CoffeePayment.Engine.Messaging;

namespace CoffeePayment.Tests.Engine.Internals;

/// <summary>A silo that does not know whether it is still a member holds back what it would do.</summary>
public sealed class FenceTests
{
    [Fact]
    public async Task Call_WhileUncertain_IsCarriedOutOnceCertain()
    {
        await using var silo = await StartAsync();
        var membership = (ScriptedMembership)silo.Service<IMembership>();
        membership.IsCertain = false;
        var call = silo.Grain<IFenceGrain>("a").PingAsync();
        silo.Executor.RunAll();
        var isEarly = call.IsCompleted;

        membership.IsCertain = true;
        silo.Time.Advance(TimeSpan.FromSeconds(1));

        await silo.Run(call);
        Assert.False(isEarly);
    }

    [Fact]
    public async Task Call_UncertainForLong_FailsBeforeItsTimeout()
    {
        await using var silo = await StartAsync();
        var membership = (ScriptedMembership)silo.Service<IMembership>();
        membership.IsCertain = false;
        var call = silo.Grain<IFenceGrain>("a").PingAsync();

        for (var i = 0; i < 5; i++) silo.Time.Advance(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAsync<SiloUnavailableException>(() => silo.Run(call));
        membership.IsCertain = true;
    }

    private static Task<OneThreadSilo> StartAsync() => OneThreadSilo.StartAsync(builder => builder.Services
        .AddSingleton<INetwork, ScriptedNetwork>()
        .AddSingleton<IMembership, ScriptedMembership>());

    internal interface IFenceGrain : IGrainWithStringKey
    {
        Task PingAsync();
    }

    internal sealed class FenceGrain : Grain, IFenceGrain
    {
        public Task PingAsync() => Task.CompletedTask;
    }
}
