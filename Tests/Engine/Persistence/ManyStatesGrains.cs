namespace CoffeePayment.Tests.Engine;

/// <summary>A grain with a state for each way of telling them apart.</summary>
[Alias("conformance.IManyStatesGrain")]
public interface IManyStatesGrain : IGrainWithStringKey
{
    /// <summary>Writes "left", "right", "other" and "default", each to its state.</summary>
    [Alias("WriteAll")]
    Task WriteAllAsync();

    [Alias("ClearLeft")]
    Task ClearLeftAsync();

    /// <summary>The texts in the order in which <see cref="WriteAllAsync"/> wrote them.</summary>
    [Alias("GetAll")]
    Task<List<string>> GetAllAsync();

    [Alias("Deactivate")]
    Task DeactivateAsync();
}

public sealed class ManyStatesGrain(
    [PersistentState("left", StorageNames.Second)] IPersistentState<Note> left,
    [PersistentState("right", StorageNames.Second)] IPersistentState<Note> right,
    [PersistentState("left", StorageNames.Recording)] IPersistentState<Note> other,
    [PersistentState("left")] IPersistentState<Note> inDefault)
    : Grain, IManyStatesGrain
{
    public async Task WriteAllAsync()
    {
        left.State.Text = "left";
        right.State.Text = "right";
        other.State.Text = "other";
        inDefault.State.Text = "default";
        await Task.WhenAll(
            left.WriteStateAsync(), right.WriteStateAsync(), other.WriteStateAsync(), inDefault.WriteStateAsync());
    }

    public Task ClearLeftAsync() => left.ClearStateAsync();

    public Task<List<string>> GetAllAsync() =>
        Task.FromResult(new List<string> { left.State.Text, right.State.Text, other.State.Text, inDefault.State.Text });

    public Task DeactivateAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
