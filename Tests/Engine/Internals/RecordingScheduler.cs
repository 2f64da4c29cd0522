using CoffeePayment.Engine.Scheduling;

namespace CoffeePayment.Tests.Engine.Internals;

/// <summary>A scheduler whose items are strings, which it writes down when their turn has come.</summary>
internal sealed class RecordingScheduler(IExecutor executor, List<string> record) : TurnScheduler
{
    protected override IExecutor Executor => executor;

    protected override void Receive(object item) => record.Add((string)item);

    protected override void OnItemFailed(Exception exception) => record.Add($"failed: {exception.Message}");
}
