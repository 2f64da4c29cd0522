using System.Security.Cryptography;
using System.Text;
using Orleans;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Wire;

/// <summary>
/// What a silo says of itself to others: which grains it has, for clients that have only their interfaces, and a
/// fingerprint of all that crosses calls, for silos that must agree with it.
/// </summary>
[GenerateSerializer, Immutable, Alias("CoffeePayment.Engine.ContractManifest")]
internal sealed class ContractManifest
{
    private static Made? _last;

    /// <summary>
    /// 16 hexadecimal digits: the same on all silos whose interfaces, methods, members and grain types are the same.
    /// </summary>
    [Id(0)]
    public required string Fingerprint { get; init; }

    /// <summary>The grain classes that implement each grain interface, by its alias or full name.</summary>
    [Id(1)]
    public required Dictionary<string, GrainClassEntry[]> Implementations { get; init; }

    /// <summary>The same, made once for all silos of a process that have the same grain classes.</summary>
    public static ContractManifest Of(IEnumerable<(GrainType GrainType, Type Class)> grainClasses)
    {
        var classes = grainClasses.ToArray();
        var last = Volatile.Read(ref _last);
        if (last is null || !last.Classes.AsSpan().SequenceEqual(classes))
            Volatile.Write(ref _last, last = new Made(classes, Create(classes)));
        return last.Manifest;
    }

    /// <summary>What a silo says of these.</summary>
    /// <param name="grainClasses">The silo's, with their grain types.</param>
    public static ContractManifest Create(IEnumerable<(GrainType GrainType, Type Class)> grainClasses)
    {
        var text = new ContractText();
        var implementations = new Dictionary<string, List<GrainClassEntry>>(StringComparer.Ordinal);
        foreach (var (grainType, type) in grainClasses)
        {
            text.AddGrainClass(grainType.ToString(), type);
            foreach (var name in GrainMethods.InterfacesOf(type).Where(IsOwn).Select(ContractText.NameOf))
            {
                if (!implementations.TryGetValue(name, out var entries)) implementations.Add(name, entries = []);
                entries.Add(new GrainClassEntry(grainType, type.FullName!));
            }
        }

        return new ContractManifest
        {
            Fingerprint = FingerprintOf(text.ToString()),
            Implementations = implementations.ToDictionary(
                pair => pair.Key,
                pair => pair.Value.OrderBy(entry => entry.ClassName, StringComparer.Ordinal).ToArray(),
                StringComparer.Ordinal),
        };
    }

    /// <summary>The grain type of the one class that implements the interface.</summary>
    /// <exception cref="ArgumentException">There is none, or more than one.</exception>
    public GrainType GrainTypeOf(Type interfaceType, string? classNamePrefix)
    {
        var all = Implementations.GetValueOrDefault(ContractText.NameOf(interfaceType)) ?? [];
        var candidates = Array.FindAll(all, entry =>
            classNamePrefix is null || entry.ClassName.StartsWith(classNamePrefix, StringComparison.Ordinal));
        return candidates switch
        {
            [var only] => only.GrainType,
            [] => throw new ArgumentException(
                $"Could not find an implementation for interface {interfaceType}.", nameof(interfaceType)),
            _ => throw new ArgumentException(
                $"Unable to identify a single appropriate grain type for interface {interfaceType}. Candidates: "
                + string.Join(", ", candidates.Select(candidate => candidate.ClassName)), nameof(interfaceType)),
        };
    }

    // The engine's interfaces without methods say only what kind of key there is.
    private static bool IsOwn(Type type) =>
        type.Assembly != typeof(ContractManifest).Assembly || GrainMethods.DeclaredBy(type).Any();

    private static string FingerprintOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));

    private sealed record Made((GrainType GrainType, Type Class)[] Classes, ContractManifest Manifest);
}

/// <summary>A grain class, as clients see it.</summary>
[GenerateSerializer, Immutable, Alias("CoffeePayment.Engine.GrainClassEntry")]
internal sealed record GrainClassEntry(GrainType GrainType, string ClassName);
