using System.Reflection;
using CoffeePayment.Grains;
using CoffeePayment.Grains.Orders;
using CoffeePayment.Hosting;
using CoffeePayment.Hosting.Redis;
using CoffeePayment.Silo.CommandLine;
using CoffeePayment.Silo.Sqlite;

namespace CoffeePayment.Tests.Contracts;

/// <summary>
/// What silos and clients of different builds, and of either Orleans, rely on is pinned by attribute: the names of
/// interfaces, methods, grains and states, and the numbers of members in messages.
/// </summary>
public sealed class GrainContractTests
{
    private static readonly Assembly Contracts = typeof(IPendingPaymentGrain).Assembly;

    private static readonly Assembly[] OwnAssemblies =
    [
        Contracts,
        typeof(PendingPaymentGrain).Assembly,
        typeof(RedisStorageException).Assembly,
        typeof(SqliteStorageException).Assembly,
    ];

    /// <summary>Said before anything runs, or by a command in the terminal, so never by a grain.</summary>
    private static readonly Type[] ExceptionsThatStay = [typeof(RefusedStartException), typeof(CommandFailure)];

    public static TheoryData<Type> Interfaces => [.. InterfacesIn(Contracts)];

    public static TheoryData<Type> Messages =>
        [.. MessageWalk.From(InterfacesIn(Contracts)).Own.Where(type => !type.IsEnum)];

    public static TheoryData<Type> Exceptions => [.. ExceptionsThatMayCross()];

    [Fact]
    public void Contracts_ReachEveryKindOfMessage_SoThatNoTestIsEmpty()
    {
        Assert.Equal(4, InterfacesIn(Contracts).Count);
        Assert.Contains(typeof(CoffeePayment.Orders.HistoryEntry), MessageWalk.From(InterfacesIn(Contracts)).Own);
        Assert.Equal(
            [typeof(RedisStorageException), typeof(SqliteStorageException)],
            ExceptionsThatMayCross().OrderBy(type => type.Name, StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Interfaces))]
    public void Interface_NamesItselfAndItsMethods(Type grain)
    {
        var aliases = grain.GetMethods().Select(AliasOf).ToList();

        Assert.Equal($"CoffeePayment.{grain.Name}", AliasOf(grain));
        Assert.DoesNotContain(null, aliases);
        Assert.Equal(aliases.Count, aliases.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Message_IsSealedNamedAndImmutable(Type message)
    {
        Assert.True(message.IsSealed);
        Assert.Equal($"CoffeePayment.{message.Name}", AliasOf(message));
        Assert.NotNull(message.GetCustomAttribute<GenerateSerializerAttribute>());
        Assert.NotNull(message.GetCustomAttribute<ImmutableAttribute>());
        Assert.All(
            MessageWalk.MembersOf(message), member => Assert.True(IsInitOnly(member), $"{member.Name} can be changed"));
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Message_NumbersItsMembersFromZero(Type message)
    {
        var members = MessageWalk.MembersOf(message);
        var ids = members.Select(member => member.GetCustomAttribute<IdAttribute>()?.Id);

        Assert.Equal(Enumerable.Range(0, members.Count).Select(id => (uint?)id), ids.Order());
    }

    [Fact]
    public void Messages_HaveNoTypeThatNotEverySerializerKnows() =>
        Assert.Empty(MessageWalk.From(InterfacesIn(Contracts)).Strange);

    [Theory]
    [MemberData(nameof(Exceptions))]
    public void Exception_ThatMayCross_HasSerializableContent(Type exception)
    {
        var own = exception.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly);

        Assert.Equal($"CoffeePayment.{exception.Name}", AliasOf(exception));
        Assert.NotNull(exception.GetCustomAttribute<GenerateSerializerAttribute>());
        Assert.All(own, property => Assert.NotNull(property.GetCustomAttribute<IdAttribute>()));
    }

    [Fact]
    public void Grains_NamesInKeysOfLiveDatabases_AreThese()
    {
        var grains = typeof(PendingPaymentGrain).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Grain)));

        Assert.Equal(
            ["orderdirectory: ", "orphansweeper: ", "pendingpayment: order in orders", "statistics: "],
            grains.Select(grain => $"{GrainTypeOf(grain)}: {StatesOf(grain)}").Order(StringComparer.Ordinal));
        Assert.Equal(("order", "orders"), (StorageNames.Order, StorageNames.Orders));
    }

    [Fact]
    public void Grains_OfEveryInterface_AreCalledByNamesOfTheirOwn() =>
        Assert.All(
            typeof(PendingPaymentGrain).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Grain))),
            grain => Assert.Single(grain.GetInterfaces(), InterfacesIn(Contracts).Contains));

    private static List<Type> InterfacesIn(Assembly assembly) =>
        [.. assembly.GetTypes().Where(type => type.IsInterface && typeof(IAddressable).IsAssignableFrom(type))];

    private static IEnumerable<Type> ExceptionsThatMayCross() =>
        OwnAssemblies.SelectMany(assembly => assembly.GetTypes())
            .Where(type => typeof(Exception).IsAssignableFrom(type)).Except(ExceptionsThatStay);

    private static string? AliasOf(MemberInfo member) => member.GetCustomAttribute<AliasAttribute>()?.Alias;

    // What the attribute was given; asking it for the value needs services of a silo.
    private static object? GrainTypeOf(Type grain) =>
        grain.GetCustomAttributesData().Single(data => data.AttributeType == typeof(GrainTypeAttribute))
            .ConstructorArguments[0].Value;

    private static string StatesOf(Type grain) => string.Join(
        ", ",
        grain.GetConstructors().Single().GetParameters()
            .Select(parameter => parameter.GetCustomAttribute<PersistentStateAttribute>())
            .OfType<PersistentStateAttribute>()
            .Select(state => $"{state.StateName} in {state.StorageName}"));

    private static bool IsInitOnly(PropertyInfo property) => property.SetMethod is not { } setter
        || setter.ReturnParameter.GetRequiredCustomModifiers()
            .Contains(typeof(System.Runtime.CompilerServices.IsExternalInit));
}
