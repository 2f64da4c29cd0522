using CoffeePayment.Engine.Messaging;

namespace CoffeePayment.Tests.Engine.Internals;

/// <summary>Whatever a grain throws, its caller hears of it.</summary>
public sealed class FailureTests
{
    [Fact]
    public void Encode_ExceptionThatCannotBeWritten_TellsWhichItIs()
    {
        var failure = Failures.Decode(Failures.Encode(new MutedException()));

        Assert.IsType<OrleansException>(failure);
        Assert.Contains(nameof(MutedException), failure.Message, StringComparison.Ordinal);
    }

    private sealed class MutedException : Exception
    {
        public override string Message => throw new NotSupportedException("It says nothing.");
    }
}
