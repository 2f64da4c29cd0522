using CoffeePayment.Engine.Messaging;
using CoffeePayment.Engine.Scheduling;

namespace CoffeePayment.Engine.Hosting;

/// <summary>
/// A scheduler for the engine's own services: what they do is serial, and seen by the executor like everything else.
/// </summary>
internal sealed class ServiceTurns(Node node) : TurnScheduler
{
    protected override IExecutor Executor => node.Executor;

    public Task Run(Action work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this);

    public Task Run(Func<Task> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    protected override void Receive(object item) =>
        throw new NotSupportedException($"{item.GetType()} is no work for a service.");

    protected override void OnItemFailed(Exception exception) => node.Log.WorkFailed(exception);
}
