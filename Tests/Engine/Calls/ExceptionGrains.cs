using System.Runtime.CompilerServices;

namespace CoffeePayment.Tests.Engine;

[Alias("conformance.IExceptionGrain")]
public interface IExceptionGrain : IGrainWithStringKey
{
    /// <summary>Throws before its first await, so not through a task.</summary>
    [Alias("ThrowAtOnce")]
    Task ThrowAtOnceAsync(string message);

    [Alias("ThrowLater")]
    Task<int> ThrowLaterAsync(string message);

    [Alias("ThrowFromValueTask")]
    ValueTask<int> ThrowFromValueTaskAsync(string message);

    [Alias("ThrowOwn")]
    Task ThrowOwnAsync(int code);

    [Alias("ThrowWithInner")]
    Task ThrowWithInnerAsync();

    [Alias("ThrowThrough")]
    Task ThrowThroughAsync(string otherKey, string message);

    [Alias("Catch")]
    Task<string> CatchAsync(string otherKey);

    [Alias("Call")]
    Task CallAsync();
}

/// <summary>An exception of ours, with content of its own.</summary>
[GenerateSerializer, Alias("conformance.OwnException")]
public sealed class OwnException(string message, int code) : Exception(message)
{
    [Id(0)]
    public int Code { get; private set; } = code;
}

public sealed class ExceptionGrain : Grain, IExceptionGrain
{
    public Task ThrowAtOnceAsync(string message) => throw new InvalidOperationException(message);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public async Task<int> ThrowLaterAsync(string message)
    {
        await Task.Yield();
        throw new InvalidOperationException(message);
    }

    public async ValueTask<int> ThrowFromValueTaskAsync(string message)
    {
        await Task.Yield();
        throw new InvalidOperationException(message);
    }

    public Task ThrowOwnAsync(int code) => throw new OwnException("own", code);

    public Task ThrowWithInnerAsync() =>
        throw new InvalidOperationException("outer", new ArgumentException("inner"));

    public Task ThrowThroughAsync(string otherKey, string message) =>
        GrainFactory.GetGrain<IExceptionGrain>(otherKey).ThrowLaterAsync(message);

    public async Task<string> CatchAsync(string otherKey)
    {
        try
        {
            await GrainFactory.GetGrain<IExceptionGrain>(otherKey).ThrowOwnAsync(7);
            return "nothing";
        }
        catch (OwnException error)
        {
            return $"{error.Message} {error.Code}";
        }
    }

    public Task CallAsync() => Task.CompletedTask;
}
