namespace CoffeePayment.Bench.Roles;

/// <summary>What this program can be besides the driver.</summary>
internal static class RoleNames
{
    public const string BareLoop = "bare-loop";
    public const string OrdersInProcess = "orders-in-process";
    public const string FillDueIndex = "fill-due-index";
}
