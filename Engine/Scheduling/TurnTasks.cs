namespace CoffeePayment.Engine.Scheduling;

internal static class TurnTasks
{
    /// <summary>
    /// The same, completed in a turn of whoever calls. For tasks that complete asynchronously: what combines these
    /// (<c>WhenAll</c>, <c>WaitAsync</c>) is called on the thread pool, past the executor; an await is not.
    /// </summary>
    public static async Task InTurns(this Task task) => await task;

    /// <inheritdoc cref="InTurns(Task)"/>
    public static async Task<T> InTurns<T>(this Task<T> task) => await task;
}
