using System.Reflection;
using System.Reflection.Emit;
using CoffeePayment.Engine.Wire;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Calls;

/// <summary>Emits proxy classes into an assembly of the process's own.</summary>
internal static class ProxyEmitter
{
    private static readonly AssemblyBuilder ProxyAssembly = AssemblyBuilder.DefineDynamicAssembly(
        new AssemblyName("CoffeePayment.Engine.Proxies"), AssemblyBuilderAccess.Run);

    private static readonly ModuleBuilder ProxyModule = ProxyAssembly.DefineDynamicModule("Proxies");
    private static readonly ConstructorInfo IgnoresAccessChecks = DefineIgnoresAccessChecks();
    private static readonly HashSet<Assembly> Opened = [];
    private static readonly Lock EmitLock = new();

    public static Type Emit(Type interfaceType)
    {
        if (!interfaceType.IsInterface || !interfaceType.IsAssignableTo(typeof(IAddressable)))
            throw new ArgumentException(
                $"{interfaceType} is not a grain interface: it does not derive from IGrain.", nameof(interfaceType));

        lock (EmitLock)
        {
            Open(typeof(ProxyEmitter).Assembly);
            var type = ProxyModule.DefineType(
                $"{interfaceType}Proxy{Opened.Count}.{Guid.NewGuid():N}", TypeAttributes.Public | TypeAttributes.Sealed,
                typeof(GrainReference), [interfaceType]);
            DefineConstructor(type);
            var methods = MethodsOf(interfaceType)
                .Select((method, i) => (Model: MethodModel.Of(method), Method: method, Index: i)).ToList();
            foreach (var (model, method, index) in methods) DefineMethod(type, method, Field(type, model, index));

            var created = type.CreateType();
            foreach (var (model, _, index) in methods) created.GetField($"m{index}")!.SetValue(null, model);
            return created;
        }
    }

    private static IEnumerable<MethodInfo> MethodsOf(Type interfaceType)
    {
        var interfaces = interfaceType.GetInterfaces().Prepend(interfaceType);
        foreach (var method in interfaces.SelectMany(one => one.GetMethods()).Where(method => method.IsAbstract))
        {
            if (!GrainMethods.IsCallable(method))
            {
                throw new NotSupportedException(
                    $"{method.DeclaringType}.{method.Name} cannot be called on a grain: "
                    + "grain interfaces have methods only, not generic, without ref parameters, "
                    + "whose result is a Task, Task<T>, ValueTask or ValueTask<T>.");
            }

            Open(method.DeclaringType!.Assembly);
            foreach (var type in method.GetParameters().Select(p => p.ParameterType).Append(method.ReturnType))
                Open(type);
            yield return method;
        }
    }

    private static FieldBuilder Field(TypeBuilder type, MethodModel model, int index)
    {
        Open(model.GetType());
        return type.DefineField($"m{index}", model.GetType(), FieldAttributes.Public | FieldAttributes.Static);
    }

    private static void DefineConstructor(TypeBuilder type)
    {
        Type[] parameters = [typeof(GrainFactory), typeof(GrainId)];
        var il = type.DefineConstructor(
            MethodAttributes.Public, CallingConventions.Standard, parameters).GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Call,
            typeof(GrainReference).GetConstructor(BindingFlags.Instance | BindingFlags.NonPublic, parameters)!);
        il.Emit(OpCodes.Ret);
    }

    private static void DefineMethod(TypeBuilder type, MethodInfo method, FieldInfo model)
    {
        var parameters = method.GetParameters();
        var builder = type.DefineMethod(
            $"{method.DeclaringType}.{method.Name}",
            MethodAttributes.Private | MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.HideBySig
                | MethodAttributes.NewSlot,
            method.ReturnType, [.. parameters.Select(parameter => parameter.ParameterType)]);
        var il = builder.GetILGenerator();
        var token = il.DeclareLocal(typeof(CancellationToken));
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldsfld, model);
        for (var i = 0; i < parameters.Length; i++)
        {
            il.Emit(OpCodes.Ldarg, i + 1);
            if (parameters[i].ParameterType == typeof(CancellationToken)) il.Emit(OpCodes.Stloc, token);
        }

        Tuples.EmitNew(il, MethodModel.ArgumentTypes(method));
        il.Emit(OpCodes.Ldloc, token);
        var call = (method.ReturnType.IsGenericType, method.ReturnType.IsValueType) switch
        {
            (false, false) => nameof(GrainReference.CallTask),
            (true, false) => nameof(GrainReference.CallTaskOf),
            (false, true) => nameof(GrainReference.CallValueTask),
            (true, true) => nameof(GrainReference.CallValueTaskOf),
        };
        il.Emit(OpCodes.Call, typeof(GrainReference).GetMethod(call, BindingFlags.Instance | BindingFlags.NonPublic)!
            .MakeGenericMethod(MethodModel.ArgumentTuple(method), MethodModel.ResultType(method)));
        il.Emit(OpCodes.Ret);
        type.DefineMethodOverride(builder, method);
    }

    private static void Open(Type type)
    {
        Open(type.Assembly);
        if (type.HasElementType) Open(type.GetElementType()!);
        foreach (var argument in type.GetGenericArguments()) Open(argument);
    }

    // Grain interfaces and the types in their methods may be internal; the runtime lets an assembly in that carries
    // this attribute.
    private static void Open(Assembly assembly)
    {
        if (assembly != typeof(object).Assembly && Opened.Add(assembly))
            ProxyAssembly.SetCustomAttribute(
                new CustomAttributeBuilder(IgnoresAccessChecks, [assembly.GetName().Name!]));
    }

    private static ConstructorInfo DefineIgnoresAccessChecks()
    {
        const string name = "System.Runtime.CompilerServices.IgnoresAccessChecksToAttribute";
        var type = ProxyModule.DefineType(name, TypeAttributes.Public | TypeAttributes.Sealed, typeof(Attribute));
        var il = type.DefineConstructor(
            MethodAttributes.Public, CallingConventions.Standard, [typeof(string)]).GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Call, typeof(Attribute).GetConstructor(BindingFlags.Instance | BindingFlags.NonPublic, [])!);
        il.Emit(OpCodes.Ret);
        return type.CreateType().GetConstructor([typeof(string)])!;
    }
}
