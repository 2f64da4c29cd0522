using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using CoffeePayment.Engine.Types;
using Orleans.Serialization;

namespace CoffeePayment.Engine.Wire;

/// <summary>Which exceptions can be made again, and how.</summary>
internal static class ExceptionTypes
{
    // Made of their detail (what the exception holds besides its message) and inner exceptions.
    private static readonly Dictionary<string, (Type Type, Func<string?, Exception[], Exception> Make)> Known =
        new(
    [
        Make<Exception>(),
        Make<AccessViolationException>(), Make<ApplicationException>(), Make<ArithmeticException>(),
        Make<ArrayTypeMismatchException>(), Make<BadImageFormatException>(), Make<DirectoryNotFoundException>(),
        Make<DivideByZeroException>(), Make<EndOfStreamException>(), Make<FileNotFoundException>(),
        Make<FormatException>(), Make<HttpRequestException>(), Make<IndexOutOfRangeException>(),
        Make<InvalidCastException>(), Make<InvalidDataException>(), Make<InvalidOperationException>(),
        Make<InvalidTimeZoneException>(), Make<IOException>(), Make<JsonException>(), Make<KeyNotFoundException>(),
        Make<NotImplementedException>(), Make<NotSupportedException>(), Make<NullReferenceException>(),
        Make<OperationCanceledException>(), Make<OverflowException>(), Make<PlatformNotSupportedException>(),
        Make<SystemException>(), Make<TaskCanceledException>(), Make<TimeoutException>(),
        Make<UnauthorizedAccessException>(), Make<UnreachableException>(),
        Make((detail, _) => new ArgumentException(null, detail)),
        Make((detail, _) => new ArgumentNullException(detail)),
        Make((detail, _) => new ArgumentOutOfRangeException(detail)),
        Make((detail, _) => new ObjectDisposedException(detail)),
        Make((_, inner) => new AggregateException(inner)),
    ]);

    private static readonly ConcurrentDictionary<Type, Codec?> Members = new();

    /// <summary>Its own name, then those of its bases, without <see cref="Exception"/>, which each has.</summary>
    public static string[] NamesOf(Type type, int max)
    {
        var names = new List<string>();
        for (var level = type; level is not null && names.Count < max; level = level.BaseType)
        {
            if (level == typeof(Exception) && level != type) break;
            names.Add(TypeModel.HasMembers(level) ? TypeNames.Of(level) : level.FullName!);
        }

        return [.. names];
    }

    public static string? DetailOf(Exception exception) => exception switch
    {
        ArgumentException argument => argument.ParamName,
        ObjectDisposedException disposed => disposed.ObjectName,
        _ => null,
    };

    /// <summary>What encodes the members of exceptions of that type; null if they have none that travel.</summary>
    public static Codec? MembersOf(Type type) => Members.GetOrAdd(type, static type => TypeModel.HasMembers(type)
        ? (Codec)Activator.CreateInstance(typeof(ClassCodec<>).MakeGenericType(type))!
        : null);

    /// <summary>Makes the first that can be made, reading members if it has any.</summary>
    public static Exception Make(WireReader reader, string[] names, string? detail, Exception[] inner)
    {
        if (TryFind(names[0]) is { } type && MembersOf(type) is { } members)
        {
            var outer = reader.BeginSized();
            var value = (Exception)members.ReadObject(reader, reader.Position)!;
            reader.EndSized(outer);
            return value;
        }

        reader.Skip(WireKind.Sized);
        foreach (var name in names)
        {
            if (Known.TryGetValue(name, out var known)) return known.Make(detail, inner);
        }

        return new UnavailableExceptionFallbackException { ExceptionType = names[0] };
    }

    /// <summary>The very type of that name, if it can be made.</summary>
    public static Type? TryFind(string name) => Known.TryGetValue(name, out var known) ? known.Type
        : TypeNames.TryFind(name) is { IsAbstract: false } type && type.IsAssignableTo(typeof(Exception)) ? type : null;

    private static KeyValuePair<string, (Type Type, Func<string?, Exception[], Exception> Make)> Make<T>()
        where T : Exception, new() => Make((_, _) => new T());

    private static KeyValuePair<string, (Type Type, Func<string?, Exception[], Exception> Make)> Make<T>(
        Func<string?, Exception[], T> make)
        where T : Exception => new(typeof(T).FullName!, (typeof(T), make));
}
