using System.Text;
using CoffeePayment.Engine.Wire;
using CoffeePayment.Orders;
using Orleans.Serialization;

namespace CoffeePayment.Tests.Engine.Internals;

/// <summary>What arrives need not come from a codec.</summary>
public sealed class WireHostileTests
{
    private const int Mutations = 20_000;

    [Fact]
    public void Decode_EveryCutMessage_IsRefused()
    {
        var message = Codec.Get<PaymentOrder>().Encode(WireSamples.Order());

        for (var length = 0; length < message.Length; length++)
        {
            Assert.Throws<WireFormatException>(() => Codec.Get<PaymentOrder>().Decode(message.AsMemory(0, length)));
        }
    }

    [Fact]
    public void Decode_BytesAfterTheValue_AreRefused() =>
        Assert.Throws<WireFormatException>(() => Codec.Get<int>().Decode(new byte[] { 1, 1 }));

    [Fact]
    public void Decode_MutatedMessages_GiveAValueOrAreRefusedWithoutMuchMemory()
    {
        var random = new Random(17);
        var codec = Codec.Get<object>();
        var message = codec.Encode(Everything());
        var refused = 0;
        var allocatedBefore = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < Mutations; i++)
        {
            if (!CanRead(codec, Mutate(message, random))) refused++;
        }

        var allocatedPerMessage = (GC.GetAllocatedBytesForCurrentThread() - allocatedBefore) / Mutations;
        Assert.InRange(refused, Mutations / 10, Mutations);
        Assert.InRange(allocatedPerMessage, 0, message.Length * 40);
    }

    [Fact]
    public void Decode_RandomBytes_AreRefusedOrRead()
    {
        var random = new Random(18);
        for (var i = 0; i < Mutations; i++)
        {
            var message = new byte[random.Next(1, 200)];
            random.NextBytes(message);
            CanRead(Codec.Get<(PaymentOrder?, int[]?, Exception?)>(), message);
        }
    }

    [Fact]
    public void Decode_MoreElementsThanBytes_IsRefused()
    {
        var message = Written(writer =>
        {
            writer.WriteByte(ValueMark.Plain);
            writer.WriteUnsigned(int.MaxValue);
        });

        Assert.Throws<WireFormatException>(() => Codec.Get<long[]>().Decode(message));
        Assert.Throws<WireFormatException>(() => Codec.Get<List<string>>().Decode(message));
        Assert.Throws<WireFormatException>(() => Codec.Get<byte[]>().Decode(message));
    }

    [Fact]
    public void Decode_LargeArraysInEachOther_AreRefusedBeforeTheyTakeMemory()
    {
        const int depth = 200;
        var message = Written(writer =>
        {
            for (var i = 0; i < depth; i++)
            {
                writer.WriteByte(ValueMark.Typed);
                writer.WriteType(typeof(object[]));
                writer.WriteUnsigned(900_000);
            }

            writer.Take(1_000_000);
        });
        var allocatedBefore = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<WireFormatException>(() => Codec.Get<object>().Decode(message));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocatedBefore, 0, 32_000_000);
    }

    [Fact]
    public void Decode_NestedTooDeep_IsRefusedOnASmallStack()
    {
        var message = Written(writer =>
        {
            for (var i = 0; i < 100_000; i++)
            {
                writer.WriteByte(ValueMark.Typed);
                writer.WriteType(typeof(object[]));
                writer.WriteUnsigned(1);
            }
        });

        var exception = OnSmallStack(() => Codec.Get<object>().Decode(message));

        Assert.IsType<WireFormatException>(exception);
    }

    [Fact]
    public void Encode_AsDeepAsAllowed_IsReadOnASmallStackAndDeeperRefused()
    {
        var allowed = OnSmallStack(() => WireCodecTests.Copy(Chain(WireWriter.MaxDepth)));
        var deeper = OnSmallStack(() => WireCodecTests.Copy(Chain(WireWriter.MaxDepth + 1)));

        Assert.Null(allowed);
        Assert.IsType<CodecNotFoundException>(deeper);
    }

    [Theory]
    [InlineData("System.Diagnostics.Process, System.Diagnostics.Process")]
    [InlineData("System.IO.FileInfo, System.Private.CoreLib")]
    [InlineData("CoffeePayment.Tests.Engine.Internals.WireCodecTests+Unmarked, CoffeePayment.Tests")]
    [InlineData("System.Collections.Generic.List`1<System.IO.FileInfo, System.Private.CoreLib>")]
    [InlineData("System.Collections.Generic.List`1")]
    [InlineData("System.Collections.Generic.List`1<System.Int32;System.Int32>")]
    [InlineData("System.Collections.Generic.List`1[[System.Int32]]")]
    [InlineData("System.Object[][][][][][][][][][][][]")]
    [InlineData("")]
    public void Decode_TypeThatMayNotCrossCalls_IsRefused(string name)
    {
        var message = Written(writer =>
        {
            writer.WriteByte(ValueMark.Typed);
            writer.WriteByte(0);
            writer.WriteBytes(Encoding.UTF8.GetBytes(name));
            writer.Take(100);
        });

        Assert.Throws<WireFormatException>(() => Codec.Get<object>().Decode(message));
    }

    [Fact]
    public void Decode_TypeThatTheDeclarationDoesNotAllow_IsRefused()
    {
        var message = Codec.Get<object>().Encode(WireSamples.Order());

        Assert.Throws<WireFormatException>(() => Codec.Get<CopierTests.Cup>().Decode(message));
    }

    [Fact]
    public void Decode_ReferenceToWhatIsNotThere_IsRefused()
    {
        foreach (var mark in new[] { ValueMark.Known, ValueMark.KnownTyped })
            Assert.Throws<WireFormatException>(() => Codec.Get<CopierTests.Cup>().Decode(new byte[] { mark, 0, 0, 0 }));
    }

    private static object Everything() => new object[]
    {
        WireSamples.Order(), new List<int> { 1, 2 }, new Dictionary<string, object> { ["a"] = 1, ["b"] = "c" },
        new WireVersionTests.Newer { Parts = [new WireVersionTests.Part { Name = "p" }] }, Guid.Empty, 7m,
        GrainId.Create("order", "a"), new InvalidOperationException("message"), new HashSet<string> { "a", "b" },
        System.Collections.Immutable.ImmutableList.Create(1, 2, 3), new byte[100], TimeZoneInfo.Utc, (1, "b", 2.5),
    };

    private static byte[] Mutate(byte[] message, Random random)
    {
        var mutated = (byte[])message.Clone();
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            ref var one = ref mutated[random.Next(mutated.Length)];
            one = random.Next(3) switch
            {
                0 => (byte)random.Next(256),
                1 => (byte)(one ^ (1 << random.Next(8))),
                _ => random.Next(2) == 0 ? byte.MinValue : byte.MaxValue,
            };
        }

        return mutated;
    }

    private static bool CanRead<T>(Codec<T> codec, byte[] message)
    {
        try
        {
            codec.Decode(message);
            return true;
        }
        catch (WireFormatException)
        {
            return false;
        }
    }

    private static byte[] Written(Action<WireWriter> write)
    {
        var writer = WireWriter.Rent();
        write(writer);
        var message = writer.ToArray();
        writer.Return();
        return message;
    }

    private static WireCodecTests.Node Chain(int length)
    {
        var node = new WireCodecTests.Node();
        for (var i = 1; i < length; i++) node = new WireCodecTests.Node { Next = node };
        return node;
    }

    private static Exception? OnSmallStack(Action action)
    {
        Exception? exception = null;
        var thread = new Thread(() => exception = Record.Exception(action), maxStackSize: 512 * 1024);
        thread.Start();
        thread.Join();
        return exception;
    }
}
