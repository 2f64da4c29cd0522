using System.Reflection;
using System.Text;
using CoffeePayment.Engine.Calls;
using CoffeePayment.Engine.Identity;
using Orleans;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Wire;

/// <summary>The methods of grain interfaces, and the numbers by which messages name them.</summary>
internal static class GrainMethods
{
    /// <summary>The grain interfaces of a class, or those that an interface derives from, and itself.</summary>
    public static IEnumerable<Type> InterfacesOf(Type type) => type.GetInterfaces()
        .Concat(type.IsInterface ? [type] : [])
        .Where(one => one != typeof(IAddressable) && one.IsAssignableTo(typeof(IAddressable)));

    /// <summary>Those that the interface declares itself and that can be called.</summary>
    public static IEnumerable<MethodInfo> DeclaredBy(Type interfaceType) =>
        interfaceType.GetMethods().Where(method => method.IsAbstract && IsCallable(method));

    public static bool IsCallable(MethodInfo method) =>
        !method.IsSpecialName && !method.IsGenericMethod && !method.IsStatic && IsTask(method.ReturnType)
        && !method.GetParameters().Any(parameter => parameter.ParameterType.IsByRef);

    /// <summary>The same in every process and build that has the method, under whatever names and order.</summary>
    public static uint IdOf(MethodInfo method) => StableHash.Compute(Encoding.UTF8.GetBytes(Describe(method)));

    /// <summary><c>Interface.Method(Argument, ...)</c>, with aliases where there are any.</summary>
    public static string Describe(MethodInfo method)
    {
        var name = method.GetCustomAttribute<AliasAttribute>()?.Alias ?? method.Name;
        var parameters = MethodModel.ArgumentTypes(method).Select(ContractText.NameOf);
        return $"{ContractText.NameOf(method.DeclaringType!)}.{name}({string.Join(", ", parameters)})";
    }

    private static bool IsTask(Type type) => type == typeof(Task) || type == typeof(ValueTask)
        || (type.IsGenericType && type.GetGenericTypeDefinition() is var open
            && (open == typeof(Task<>) || open == typeof(ValueTask<>)));
}
