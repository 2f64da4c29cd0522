using Serilog.Core;
using Serilog.Events;

namespace CoffeePayment.Hosting.Audit;

/// <summary>What sets the lines of the audit log apart from others.</summary>
public static class AuditTrail
{
    /// <summary>The log category. Its lines are written whatever level is set for others.</summary>
    public const string Category = "CoffeePayment.Audit";

    /// <summary>How long they are kept: longer than it takes until somebody asks who refunded an order.</summary>
    internal static readonly TimeSpan Kept = TimeSpan.FromDays(400);

    internal static bool Has(LogEvent line) =>
        line.Properties.GetValueOrDefault(Constants.SourceContextPropertyName) is ScalarValue { Value: Category };
}
