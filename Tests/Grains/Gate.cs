namespace CoffeePayment.Tests.Grains;

/// <summary>Lets through who comes, but for one who is to be held.</summary>
internal sealed class Gate
{
    private (TaskCompletionSource Reached, TaskCompletionSource Released)? _held;

    /// <summary>Holds the next one; tells when it is there, and what lets it go on.</summary>
    public (Task Reached, Action Release) HoldNext()
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _held = (reached, released);
        return (reached.Task, released.SetResult);
    }

    public async Task PassAsync()
    {
        if (_held is not { } held) return;

        _held = null;
        held.Reached.SetResult();
        await held.Released.Task;
    }
}
