namespace CoffeePayment.Bench.Options;

/// <summary>The groups of rows that can be measured alone.</summary>
internal static class RowGroups
{
    /// <summary>What a check costs, against the bare loop and with a second silo; how regular checks are.</summary>
    public const string Checks = "checks";

    /// <summary>The highest rate at which checks stay regular, and how late they are at half of it.</summary>
    public const string Highest = "highest";

    /// <summary>Registrations in process, and the memory that the orders take.</summary>
    public const string Orders = "orders";

    /// <summary>A sweep that finds nothing among very many orders.</summary>
    public const string Sweep = "sweep";

    /// <summary>A sweep that restarts what a killed silo left.</summary>
    public const string Orphans = "orphans";

    /// <summary>Registrations through HTTP.</summary>
    public const string Http = "http";

    /// <summary>All of them, in the order in which they are measured.</summary>
    public static readonly IReadOnlyList<string> All = [Checks, Highest, Orders, Sweep, Orphans, Http];
}
