using Orleans.Runtime;

namespace Orleans
{
    /// <summary>
    /// Values of the type may cross a grain call; its members marked <see cref="IdAttribute"/> go with it.
    /// </summary>
    [AttributeUsage(
        AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Interface,
        Inherited = false)]
    public sealed class GenerateSerializerAttribute : Attribute
    {
        /// <summary>
        /// Whether the parameters of a record's primary constructor get ids of their own. Default: true, for records.
        /// </summary>
        public bool IncludePrimaryConstructorParameters { get; init; } = true;
    }

    /// <summary>
    /// The number under which a member travels; unique within its type, never used again for another member.
    /// </summary>
    [AttributeUsage(
        AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Method | AttributeTargets.Class
        | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Interface, Inherited = false)]
    public sealed class IdAttribute(uint id) : Attribute
    {
        public uint Id { get; } = id;
    }

    /// <summary>A name for a type or method which outlives its renaming.</summary>
    [AttributeUsage(
        AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Interface
        | AttributeTargets.Method, Inherited = false)]
    public sealed class AliasAttribute(string alias) : Attribute
    {
        public string Alias { get; } = alias;
    }

    /// <summary>
    /// Nobody changes such a value after it was given away: calls hand it over as it is, without a copy.
    /// </summary>
    [AttributeUsage(
        AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Parameter
        | AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Interface, Inherited = false)]
    public sealed class ImmutableAttribute : Attribute;

    /// <summary>Pins the name of a grain class, which is part of the keys of its state and reminders.</summary>
    [AttributeUsage(AttributeTargets.Class, Inherited = false)]
    public sealed class GrainTypeAttribute : Attribute
    {
        private readonly GrainType _grainType;

        public GrainTypeAttribute(string grainType) => _grainType = GrainType.Create(grainType);

        public GrainType GetGrainType(IServiceProvider services, Type type) => _grainType;
    }

    /// <summary>
    /// How long activations of the class stay without work, instead of <c>GrainCollectionOptions.CollectionAge</c>.
    /// </summary>
    [AttributeUsage(AttributeTargets.Class)]
    public sealed class CollectionAgeLimitAttribute : Attribute
    {
        /// <summary>The shortest age allowed.</summary>
        public static readonly TimeSpan MinAgeLimit = TimeSpan.FromMinutes(1);

        public double Days { get; init; }

        public double Hours { get; init; }

        public double Minutes { get; init; }

        /// <summary>Never collect activations of this class. Default: false.</summary>
        public bool AlwaysActive { get; init; }

        /// <summary>The sum of days, hours and minutes, and no less than <see cref="MinAgeLimit"/>.</summary>
        public TimeSpan AgeLimit => AlwaysActive ? Timeout.InfiniteTimeSpan
            : TimeSpan.FromDays(Days) + TimeSpan.FromHours(Hours) + TimeSpan.FromMinutes(Minutes) is var age
                && age < MinAgeLimit
                ? MinAgeLimit : age;
    }
}

namespace Orleans.Placement
{
    /// <summary>
    /// The silo of a grain follows from a hash of its id, which is how this engine places every grain.
    /// </summary>
    [AttributeUsage(AttributeTargets.Class)]
    public sealed class HashBasedPlacementAttribute : Attribute;
}

namespace Orleans.Concurrency
{
    /// <summary>A call of the method runs at once, between the awaits of whatever else the grain is doing.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    public sealed class AlwaysInterleaveAttribute : Attribute;

    /// <summary>Calls of read-only methods may run between each other's awaits, but not with others.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    public sealed class ReadOnlyAttribute : Attribute;

    /// <summary>All calls of the grain class may run between each other's awaits.</summary>
    [AttributeUsage(AttributeTargets.Class)]
    public sealed class ReentrantAttribute : Attribute;

    /// <summary>The caller's task completes when the call is sent; results and errors are dropped.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    public sealed class OneWayAttribute : Attribute;

    /// <summary>Wraps a value which nobody changes any more, so that a call need not copy it.</summary>
    public readonly struct Immutable<T>(T value)
    {
        public readonly T Value = value;
    }

    public static class ImmutableExtensions
    {
        public static Immutable<T> AsImmutable<T>(this T value) => new(value);
    }
}
