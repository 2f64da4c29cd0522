namespace CoffeePayment.Tests.Engine;

/// <summary>
/// The hash code of a grain's id is the first field of its reminders in Redis, so it must never change.
/// </summary>
public sealed class UniformHashTests
{
    [Theory]
    [InlineData("pendingpayment/20250317110122659ba6d7-9ace-cndn", "5DE8C127")]
    [InlineData("pendingpayment/order-1", "1C8F5A37")]
    [InlineData("pendingpayment/order-2", "414658F2")]
    [InlineData("pendingpayment/a", "8A205DCA")]
    [InlineData("pendingpayment/Молоко", "3F761AB8")]
    [InlineData("pendingpayment/x:y.z_1", "05391D2B")]
    [InlineData("orphansweeper/0", "4489CFAE")]
    [InlineData("orphansweeper/1", "4506771C")]
    [InlineData("smoke/a", "099E6B0B")]
    [InlineData("smoke/20250317110122659ba6d7-9ace-cndn", "DD66CE68")]
    public void GetUniformHashCode_OfKnownGrains_IsWhatOrleansComputed(string grainId, string expected)
    {
        var hash = GrainId.Parse(grainId).GetUniformHashCode();

        Assert.Equal(expected, hash.ToString("X8"));
    }

    [Fact]
    public void GetUniformHashCode_OfALongKey_IsWhatOrleansComputed()
    {
        var hash = GrainId.Create("pendingpayment", new string('q', 255)).GetUniformHashCode();

        Assert.Equal("449484F3", hash.ToString("X8"));
    }
}
