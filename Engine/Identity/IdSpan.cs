using System.Diagnostics.CodeAnalysis;
using System.Text;
using CoffeePayment.Engine.Identity;

namespace Orleans.Runtime;

/// <summary>
/// An opaque identifier: UTF-8 bytes with their hash. The part of a <see cref="GrainId"/> after the slash is one.
/// </summary>
public readonly struct IdSpan : IEquatable<IdSpan>, IComparable<IdSpan>
{
    private readonly byte[]? _value;
    private readonly int _hashCode;

    public IdSpan(byte[] value)
    {
        _value = value;
        _hashCode = (int)StableHash.Compute(value);
    }

    public ReadOnlyMemory<byte> Value => _value;

    public bool IsDefault => _value is null || _value.Length == 0;

    public static bool operator ==(IdSpan left, IdSpan right) => left.Equals(right);

    public static bool operator !=(IdSpan left, IdSpan right) => !left.Equals(right);

    public static IdSpan Create(string id) => new(Encoding.UTF8.GetBytes(id));

    public ReadOnlySpan<byte> AsSpan() => _value;

    /// <summary>The same on every machine and in every version; the official one's value.</summary>
    public uint GetUniformHashCode() => (uint)_hashCode;

    public bool Equals(IdSpan other) =>
        ReferenceEquals(_value, other._value)
            || (_hashCode == other._hashCode && AsSpan().SequenceEqual(other.AsSpan()));

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is IdSpan other && Equals(other);

    public override int GetHashCode() => _hashCode;

    public int CompareTo(IdSpan other) => AsSpan().SequenceCompareTo(other.AsSpan());

    public override string ToString() => Encoding.UTF8.GetString(AsSpan());
}
