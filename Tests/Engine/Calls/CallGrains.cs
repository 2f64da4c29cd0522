using Orleans.Concurrency;

namespace CoffeePayment.Tests.Engine;

[Alias("conformance.ICallGrain")]
public interface ICallGrain : IGrainWithStringKey
{
    [Alias("SetTask")]
    Task SetTaskAsync(string value);

    [Alias("SetValueTask")]
    ValueTask SetValueTaskAsync(string value);

    [Alias("GetTask")]
    Task<string?> GetTaskAsync();

    [Alias("GetValueTask")]
    ValueTask<string?> GetValueTaskAsync();

    [Alias("Echo")]
    Task<Arguments> EchoAsync(
        int number,
        long? nothing,
        string? text,
        Guid id,
        DateTimeOffset at,
        TimeSpan span,
        decimal amount,
        DayOfWeek day);

    /// <summary>Asks another grain and adds to its answer.</summary>
    [Alias("Relay")]
    Task<string> RelayAsync(string otherKey);

    /// <summary>Asks the grain behind the reference.</summary>
    [Alias("RelayTo")]
    Task<string> RelayToAsync(ICallGrain other);

    [Alias("GetSelf")]
    Task<ICallGrain> GetSelfAsync();

    [OneWay]
    [Alias("Tell")]
    Task TellAsync(string gate);

    [OneWay]
    [Alias("TellAndFail")]
    Task TellAndFailAsync();
}

/// <summary>What came in, sent back.</summary>
[GenerateSerializer, Immutable, Alias("conformance.Arguments")]
public sealed record Arguments(
    [property: Id(0)] int Number,
    [property: Id(1)] long? Nothing,
    [property: Id(2)] string? Text,
    [property: Id(3)] Guid Id,
    [property: Id(4)] DateTimeOffset At,
    [property: Id(5)] TimeSpan Span,
    [property: Id(6)] decimal Amount,
    [property: Id(7)] DayOfWeek Day);

public sealed class CallGrain(Probe probe) : Grain, ICallGrain
{
    private string? _value;

    public Task SetTaskAsync(string value)
    {
        _value = value;
        return Task.CompletedTask;
    }

    public async ValueTask SetValueTaskAsync(string value)
    {
        await Task.Yield();
        _value = value;
    }

    public async Task<string?> GetTaskAsync()
    {
        await Task.Yield();
        return _value;
    }

    public ValueTask<string?> GetValueTaskAsync() => ValueTask.FromResult(_value);

    public Task<Arguments> EchoAsync(
        int number,
        long? nothing,
        string? text,
        Guid id,
        DateTimeOffset at,
        TimeSpan span,
        decimal amount,
        DayOfWeek day) =>
        Task.FromResult(new Arguments(number, nothing, text, id, at, span, amount, day));

    public Task<string> RelayAsync(string otherKey) => RelayToAsync(GrainFactory.GetGrain<ICallGrain>(otherKey));

    public async Task<string> RelayToAsync(ICallGrain other) => $"heard: {await other.GetTaskAsync()}";

    public Task<ICallGrain> GetSelfAsync() => Task.FromResult(this.AsReference<ICallGrain>());

    public async Task TellAsync(string gate)
    {
        await probe.PassAsync(gate);
        probe.Report(gate, "told");
    }

    public Task TellAndFailAsync() => throw new InvalidOperationException("Nobody hears this.");
}
