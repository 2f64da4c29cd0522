namespace CoffeePayment.Bench.Roles;

/// <summary>Runs the role that a process was started for.</summary>
internal static class RoleProgram
{
    /// <summary>Runs it until it is done.</summary>
    /// <exception cref="ArgumentException">There is no such role.</exception>
    public static Task RunAsync(string role, IReadOnlyList<string> arguments) => role switch
    {
        RoleNames.BareLoop => BareLoopRole.RunAsync(arguments),
        RoleNames.OrdersInProcess => OrdersInProcessRole.RunAsync(arguments),
        RoleNames.FillDueIndex => FillDueIndexRole.RunAsync(arguments),
        _ => throw new ArgumentException($"There is no role {role}."),
    };
}
