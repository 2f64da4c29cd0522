using Orleans.Serialization;
using Orleans.Storage;

namespace CoffeePayment.Tests.Engine.Internals;

public sealed class WireExceptionTests
{
    public static TheoryData<Exception> Known =>
    [
        Activator.CreateInstance<Exception>(), new TimeoutException("message"),
        new OperationCanceledException("message"), new TaskCanceledException("message"),
        new InvalidOperationException("message"),
        new ArgumentException("message", "parameter"), new ArgumentNullException("parameter", "message"),
        new ArgumentOutOfRangeException("parameter", "message"), new KeyNotFoundException("message"),
        new NotSupportedException("message"), new ObjectDisposedException("thing", "message"),
        new FormatException("message"), new IOException("message"), new HttpRequestException("message"),
        new AggregateException("message", new TimeoutException("a"), new FormatException("b")),
        new OrleansException("message"), new SiloUnavailableException("message"),
        new OrleansConfigurationException("message"), new ReminderException("message"),
        new BadProviderConfigException("message"), new CodecNotFoundException("message"),
        new InconsistentStateException("message", "a", "b"), new OrleansException(), new MarkedException("message", 7),
    ];

    [Theory]
    [MemberData(nameof(Known))]
    public void Decode_KnownException_IsTheSame(Exception exception)
    {
        var copy = WireCodecTests.Copy(exception);

        Assert.IsType(exception.GetType(), copy);
        Assert.Equal(exception.Message, copy.Message);
        Assert.Equal(exception.HResult, copy.HResult);
        Assert.Equal(exception.InnerException?.Message, copy.InnerException?.Message);
    }

    [Fact]
    public void Decode_Members_AreKept()
    {
        var argument = (ArgumentException)WireCodecTests.Copy<Exception>(new ArgumentException("message", "name"));
        var inconsistent = WireCodecTests.Copy(new InconsistentStateException("message", "stored", "own"));
        var marked = (MarkedException)WireCodecTests.Copy<object>(new MarkedException("message", 7));
        var aggregate = WireCodecTests.Copy(new AggregateException(new TimeoutException(), new FormatException()));

        Assert.Equal("name", argument.ParamName);
        Assert.Equal(("stored", "own"), (inconsistent.StoredEtag, inconsistent.CurrentEtag));
        Assert.Equal(7, marked.Number);
        Assert.IsType<FormatException>(aggregate.InnerExceptions[1]);
    }

    [Fact]
    public void Decode_StackTraceAndInnerExceptions_AreKept()
    {
        var exception = Assert.Throws<InvalidOperationException>(ThrowOverThere);

        var copy = WireCodecTests.Copy<Exception>(exception);

        Assert.Contains(nameof(ThrowOverThere), copy.StackTrace, StringComparison.Ordinal);
        Assert.IsType<TimeoutException>(copy.InnerException);
    }

    [Fact]
    public void Decode_ThrownAgain_ShowsBothStacks()
    {
        var copy = WireCodecTests.Copy<Exception>(Assert.Throws<InvalidOperationException>(ThrowOverThere));

        var thrown = Record.Exception(() => ThrowHere(copy));

        Assert.Contains(nameof(ThrowOverThere), thrown!.StackTrace, StringComparison.Ordinal);
        Assert.Contains(nameof(ThrowHere), thrown.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_ExceptionThatNobodyMarked_IsItsNearestBaseAndSaysWhatItWas()
    {
        var copy = WireCodecTests.Copy<Exception>(new DerivedException("message"));

        Assert.IsType<KeyNotFoundException>(copy);
        Assert.Equal("message", copy.Message);
        Assert.Contains(nameof(DerivedException), copy.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_ExceptionWithoutAKnownBase_IsTheFallback()
    {
        var copy = WireCodecTests.Copy<Exception>(new StrangeException("message"));

        var fallback = Assert.IsType<UnavailableExceptionFallbackException>(copy);
        Assert.Equal(typeof(StrangeException).FullName, fallback.ExceptionType);
        Assert.Equal("message", fallback.Message);
    }

    [Fact]
    public void Encode_EndlessInnerExceptions_AreCutOff()
    {
        var exception = new OrleansException("innermost");
        for (var i = 0; i < 1000; i++) exception = new OrleansException("outer", exception);

        var copy = WireCodecTests.Copy(exception);

        var depth = 0;
        for (Exception one = copy; one.InnerException is not null; one = one.InnerException) depth++;
        Assert.Equal(16, depth);
    }

    private static void ThrowOverThere() => throw new InvalidOperationException("outer", new TimeoutException("inner"));

    private static void ThrowHere(Exception exception) => throw exception;

    [GenerateSerializer]
    public sealed class MarkedException(string message, int number) : Exception(message)
    {
        [Id(0)]
        public int Number { get; } = number;
    }

    public sealed class DerivedException(string message) : KeyNotFoundException(message);

    public sealed class StrangeException(string message) : Exception(message);
}
