using CoffeePayment.Grains;
using CoffeePayment.Grains.Decisions;
using CoffeePayment.Orders;
using CoffeePayment.Tests.Decisions.Table;

namespace CoffeePayment.Tests.Decisions;

public sealed class RegisterTests
{
    private static readonly PaymentOptions Options = new();

    private static readonly OrderRegistration Bare = Given.Pending(due: 5).Registration with
    {
        PaymentStartedAt = null,
        ExpiresAt = null,
    };

    [Fact]
    public void Register_WithoutTimes_StartsNowAndExpiresByTheSetting()
    {
        var order = PaymentDecider.Register(Bare, Moment.At(0), Options);

        Assert.Equal(Bare with { PaymentStartedAt = Moment.At(0), ExpiresAt = Moment.At(900) }, order.Registration);
        Assert.Equal(OrderStatus.Pending, order.Status);
        Assert.Equal(Moment.At(0), order.StatusChangedAt);
        Assert.Equal(Moment.At(5), order.DueAt);
        Assert.Equal(Track.Fast, order.Track);
        Assert.Equal(1, order.Revision);
        Assert.Equal(0, order.CheckAttempts);
        Assert.Null(order.LastCheckAt);
        Assert.Equal(
            [new HistoryEntry { At = Moment.At(0), Kind = HistoryKind.Registered, Status = OrderStatus.Pending }],
            order.History);
    }

    [Theory]
    [InlineData(300, Track.Fast)]
    [InlineData(300.0000001, Track.Slow)]
    public void Register_PaymentStartedBefore_IsAsOldAsThePayment(double seconds, Track track)
    {
        var now = (decimal)seconds;
        var order = PaymentDecider.Register(Bare with { PaymentStartedAt = Moment.At(0) }, Moment.At(now), Options);

        Assert.Equal(track, order.Track);
        Assert.Equal(Moment.At(900), order.Registration.ExpiresAt);
        Assert.Equal(Moment.At(now + 5), order.DueAt);
    }

    [Fact]
    public void Register_TimesWithOffsets_AreKeptInUtc()
    {
        var moscow = TimeSpan.FromHours(3);
        var registration = Bare with
        {
            PaymentStartedAt = Moment.At(0).ToOffset(moscow),
            ExpiresAt = Moment.At(60).ToOffset(moscow),
        };

        var order = PaymentDecider.Register(registration, Moment.At(1).ToOffset(moscow), Options);

        Assert.Equal(Moment.At(0).DateTime, order.Registration.PaymentStartedAt?.DateTime);
        Assert.Equal(Moment.At(60).DateTime, order.Registration.ExpiresAt?.DateTime);
        Assert.Equal(Moment.At(1).DateTime, order.StatusChangedAt.DateTime);
        Assert.Equal(Moment.At(6).DateTime, order.DueAt?.DateTime);
    }

    [Fact]
    public void Register_AtTheEndOfTime_DoesNotThrow()
    {
        var order = PaymentDecider.Register(Bare, DateTimeOffset.MaxValue, Options);

        Assert.Equal(DateTimeOffset.MaxValue, order.DueAt);
        Assert.Equal(DateTimeOffset.MaxValue, order.Registration.ExpiresAt);
    }

    [Fact]
    public void IsSameRegistration_WhatItLeavesOut_Agrees()
    {
        var order = PaymentDecider.Register(Bare, Moment.At(0), Options);

        Assert.True(PaymentDecider.IsSameRegistration(Bare, order));
        Assert.True(PaymentDecider.IsSameRegistration(Bare with { PaymentStartedAt = Moment.At(0) }, order));
        Assert.True(PaymentDecider.IsSameRegistration(Bare with { ExpiresAt = Moment.At(900) }, order));
        Assert.True(PaymentDecider.IsSameRegistration(order.Registration, order));
    }

    [Fact]
    public void IsSameRegistration_SameTimeInAnotherOffset_Agrees()
    {
        var order = PaymentDecider.Register(Bare, Moment.At(0), Options);
        var startedAt = Moment.At(0).ToOffset(TimeSpan.FromHours(3));

        Assert.True(PaymentDecider.IsSameRegistration(Bare with { PaymentStartedAt = startedAt }, order));
    }

    public static TheoryData<string, OrderRegistration> Others => new()
    {
        { "id", Bare with { Id = "order-2" } },
        { "merchant", Bare with { MerchantId = "other" } },
        { "scenario", Bare with { PaymentScenario = PaymentScenario.YookassaReceipt } },
        { "payment", Bare with { PaymentReferenceId = "payment-2" } },
        { "machine", Bare with { DeviceUuid = "machine-2" } },
        { "drink", Bare with { DrinkNumber = "8" } },
        { "drink's name", Bare with { DrinkName = "Espresso" } },
        { "size", Bare with { Size = DrinkSize.Large } },
        { "price", Bare with { Price = Given.Price with { MinorUnits = 1 } } },
        { "currency", Bare with { Price = Given.Price with { Currency = "USD" } } },
        { "start", Bare with { PaymentStartedAt = Moment.At(1) } },
        { "expiry", Bare with { ExpiresAt = Moment.At(901) } },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void IsSameRegistration_AnythingElseIsOther_Disagrees(string what, OrderRegistration other)
    {
        var order = PaymentDecider.Register(Bare, Moment.At(0), Options);

        Assert.False(PaymentDecider.IsSameRegistration(other, order), what);
    }
}
