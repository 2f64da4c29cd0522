using CoffeePayment.Engine.Scheduling;

namespace CoffeePayment.Tests.Simulation.Core;

/// <summary>Asynchronous code of the simulated world itself, so that it too never leaves its lane.</summary>
internal sealed class Turns(Lane lane, Action<Exception> fail) : TurnScheduler
{
    protected override IExecutor Executor => lane;

    /// <summary>What is thrown there fails the simulation.</summary>
    public void Start(Func<Task> work) => _ = Run(work);

    public Task Run(Func<Task> work) => Task.Factory.StartNew(
        () => GuardAsync(work), CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    protected override void Receive(object item) => throw new NotSupportedException();

    protected override void OnItemFailed(Exception exception) => fail(exception);

    private async Task GuardAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception exception)
        {
            fail(exception);
        }
    }
}
