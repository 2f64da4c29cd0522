using CoffeePayment.Grains;
using CoffeePayment.Grains.Decisions;
using CoffeePayment.Orders;
using CoffeePayment.Tests.Decisions.Table;

namespace CoffeePayment.Tests.Decisions;

public sealed class CheckScheduleTests
{
    private static readonly PaymentOptions Options = new();

    [Theory]
    [InlineData(-3600, 0)]
    [InlineData(0, 0)]
    [InlineData(12, 12)]
    public void Age_OfAPayment_IsNeverNegative(int now, int age) =>
        Assert.Equal(TimeSpan.FromSeconds(age), CheckSchedule.Age(Given.Pending(due: 5), Moment.At(now)));

    [Fact]
    public void ResumeAt_NotDueYet_IsWhenItIsDue() =>
        Assert.Equal(Moment.At(30), ResumeAt(Given.Pending(due: 30), now: 20, delay: 4));

    [Fact]
    public void ResumeAt_Overdue_WaitsForItsShare() =>
        Assert.Equal(Moment.At(44), ResumeAt(Given.Pending(due: 30), now: 40, delay: 4));

    [Fact]
    public void ResumeAt_DueNow_WaitsForItsShare() =>
        Assert.Equal(Moment.At(34), ResumeAt(Given.Pending(due: 30), now: 30, delay: 4));

    [Theory]
    [InlineData(296, 300)]
    [InlineData(296.0000001, 296.0000001)]
    [InlineData(300, 300)]
    [InlineData(300.0000001, 304.0000001)]
    public void ResumeAt_AboutToLeaveTheFastTrack_IsAtOnce(double now, double resumeAt) =>
        Assert.Equal(Moment.At((decimal)resumeAt), ResumeAt(Given.Pending(due: 200), (decimal)now, delay: 4));

    [Fact]
    public void ResumeAt_MakeOverdue_IsAtOnce() =>
        Assert.Equal(Moment.At(40), ResumeAt(Given.MakeInFlight(sentAt: 30), now: 40, delay: 4));

    [Fact]
    public void ResumeAt_LateCheckOverdue_WaitsForItsShare() =>
        Assert.Equal(Moment.At(1304), ResumeAt(Given.Expired(due: 1200, lateChecks: 0), now: 1300, delay: 4));

    [Fact]
    public void ResumeAt_DelayBeyondTheEndOfTime_IsTheEndOfTime() => Assert.Equal(
        DateTimeOffset.MaxValue,
        CheckSchedule.ResumeAt(
            Given.Pending(due: 400), DateTimeOffset.MaxValue.AddSeconds(-1), TimeSpan.FromDays(1), Options));

    [Theory]
    [InlineData(0, 900, 0, 1200)]
    [InlineData(0, 1199.9999999, 0, 1200)]
    [InlineData(0, 1200, 1, 4500)]
    [InlineData(1, 1200, 1, 4500)]
    [InlineData(1, 30_000, 3, 87_300)]
    [InlineData(-1, 900, 0, 1200)]
    public void NextLateCheck_SomeAreToCome_IsTheFirstOfThem(int made, double now, int number, int dueAt)
    {
        var next = CheckSchedule.NextLateCheck(Moment.At(900), made, Moment.At((decimal)now), Options);

        Assert.Equal((number, Moment.At(dueAt)), next);
    }

    [Theory]
    [InlineData(3, 87_300)]
    [InlineData(4, 1000)]
    [InlineData(int.MaxValue, 1000)]
    public void NextLateCheck_NoneIsToCome_IsNone(int made, int now) =>
        Assert.Null(CheckSchedule.NextLateCheck(Moment.At(900), made, Moment.At(now), Options));

    private static DateTimeOffset ResumeAt(PaymentOrder order, decimal now, int delay) =>
        CheckSchedule.ResumeAt(order, Moment.At(now), TimeSpan.FromSeconds(delay), Options);
}
