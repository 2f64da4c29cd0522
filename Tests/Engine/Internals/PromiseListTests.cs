using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using CoffeePayment.Api;
using CoffeePayment.Grains.Orders;
using CoffeePayment.Hosting;
using CoffeePayment.Silo.CommandLine;

namespace CoffeePayment.Tests.Engine.Internals;

/// <summary>
/// docs/ENGINE.md says what the engine promises: all that the service uses, and the tests of each of it.
/// </summary>
public sealed partial class PromiseListTests
{
    private static readonly string Text =
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "repository", "docs", "ENGINE.md"));

    private static readonly string[][] Rows =
        [.. Text.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)
            .Select(line => line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries))];

    [Fact]
    public void List_WhatTheServiceRefersTo_IsPromised()
    {
        var promised = Rows.SelectMany(row => NamesIn(row[1])).ToHashSet(StringComparer.Ordinal);

        var missing = new[]
            {
                typeof(IPendingPaymentGrain), typeof(PendingPaymentGrain), typeof(RunArguments),
                typeof(PaymentApiEndpoints), typeof(EngineIdentity),
            }
            .SelectMany(one => ReferencesOf(one.Assembly.Location))
            .Distinct(StringComparer.Ordinal)
            .Where(name => !promised.Contains(name));

        Assert.Empty(missing);
    }

    [Fact]
    public void List_TestsOfWhatOrleansDoes_AreNamed()
    {
        var named = Rows.SelectMany(row => NamesIn(row[2])).ToHashSet(StringComparer.Ordinal);

        var unnamed = TestClasses()
            .Where(type => type.Namespace!.StartsWith("CoffeePayment.Tests.Engine", StringComparison.Ordinal))
            .Where(type => !type.Namespace!.Contains("Internals", StringComparison.Ordinal))
            .Select(type => type.Name)
            .Where(name => !named.Contains(name));

        Assert.Empty(unnamed);
    }

    [Fact]
    public void List_EveryRow_NamesTestsThatExistAndASource()
    {
        var known = TestClasses().Select(type => type.Name).ToHashSet(StringComparer.Ordinal);

        Assert.NotEmpty(Rows);
        Assert.All(Rows, row => Assert.NotEmpty(NamesIn(row[2])));
        Assert.All(Rows.SelectMany(row => NamesIn(row[2])), name => Assert.Contains(name, known));
        Assert.All(Rows, row => Assert.Matches(@"\(https://(learn\.microsoft\.com|github\.com)/dotnet/", row[3]));
    }

    private static IEnumerable<Type> TestClasses() => typeof(PromiseListTests).Assembly.GetTypes()
        .Where(type => type.GetMethods().Any(method => method.IsDefined(typeof(FactAttribute), inherit: true)));

    /// <summary>What stands in backticks, attributes without their brackets.</summary>
    private static IEnumerable<string> NamesIn(string cell) =>
        Backticked().Matches(cell).Select(match => match.Groups[1].Value.Trim('[', ']'));

    /// <summary>
    /// The types of Orleans that an assembly refers to; of those that hold extensions, what is called.
    /// </summary>
    private static IEnumerable<string> ReferencesOf(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        var called = metadata.MemberReferences.Select(metadata.GetMemberReference)
            .Where(member => member.Parent.Kind == HandleKind.TypeReference)
            .ToLookup(member => (TypeReferenceHandle)member.Parent, member => metadata.GetString(member.Name));
        var names = new List<string>();
        foreach (var handle in metadata.TypeReferences)
        {
            var reference = metadata.GetTypeReference(handle);
            var space = metadata.GetString(reference.Namespace);
            if (space.Split('.')[0] != "Orleans") continue;

            var name = metadata.GetString(reference.Name);
            var type = typeof(Grain).Assembly.GetType($"{space}.{name}", throwOnError: true)!;
            if (type is { IsAbstract: true, IsSealed: true }) names.AddRange(called[handle]);
            else names.Add(type.IsAssignableTo(typeof(Attribute)) ? name[..^"Attribute".Length] : name.Split('`')[0]);
        }

        return names;
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Backticked();
}
