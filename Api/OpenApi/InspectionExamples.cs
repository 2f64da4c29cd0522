using CoffeePayment.Api.Contracts;
using CoffeePayment.Api.Input;

namespace CoffeePayment.Api.OpenApi;

/// <summary>Examples of the answers that look at the work itself.</summary>
internal static class InspectionExamples
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 9, 0, 0, TimeSpan.Zero);

    public static readonly ScheduleResponse Schedule = new()
    {
        ReadAt = Now,
        Scheduled = 1204,
        Items =
        [
            new()
            {
                OrderId = Examples.OrderId,
                DueAt = Now.AddMilliseconds(-120),
                OverdueMs = 120,
                IsUnderWay = true,
            },
        ],
        NextCursor = PageCursor.Write(WireNames.Of(SchedulePart.Due), Examples.OrderId, Now.AddMilliseconds(-120)),
    };

    public static readonly ChecksResponse Checks = new()
    {
        UnderWay = 1,
        Silos =
        [
            new()
            {
                Address = "S127.0.0.1:11111:128764800",
                ReportedAt = Now,
                UnderWay = 1,
                Longest =
                [
                    new()
                    {
                        OrderId = Examples.OrderId,
                        MerchantId = Identifiers.DefaultMerchant,
                        StartedAt = Now.AddMilliseconds(-51),
                        RunningMs = 51,
                    },
                ],
            },
        ],
    };

    public static readonly JobsResponse Jobs = new()
    {
        Jobs =
        [
            new()
            {
                Name = "sweep",
                DrivenBy = "reminder",
                Schedule = "every 10 s: restarts orders whose check is overdue",
                PeriodS = 10,
                LastAt = Now,
            },
        ],
        Reminders = [new() { Name = "sweep", PeriodS = 10, IsThere = true }],
        Grains = [new() { Name = "PendingPaymentGrain", Silos = 3, Activations = 1204 }],
    };
}
