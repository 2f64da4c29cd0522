using System.Linq.Expressions;
using System.Reflection.Emit;

namespace CoffeePayment.Engine.Calls;

/// <summary>Any number of types as one value tuple, nested after the seventh as the language does it.</summary>
internal static class Tuples
{
    private const int Flat = 7;

    private static readonly Type[] OpenTypes =
    [
        typeof(ValueTuple), typeof(ValueTuple<>), typeof(ValueTuple<,>), typeof(ValueTuple<,,>),
        typeof(ValueTuple<,,,>),
        typeof(ValueTuple<,,,,>), typeof(ValueTuple<,,,,,>), typeof(ValueTuple<,,,,,,>), typeof(ValueTuple<,,,,,,,>),
    ];

    public static Type Of(Type[] types) => types.Length switch
    {
        0 => typeof(ValueTuple),
        <= Flat => OpenTypes[types.Length].MakeGenericType(types),
        _ => OpenTypes[Flat + 1].MakeGenericType([.. types[..Flat], Of(types[Flat..])]),
    };

    /// <summary>The item of that index, counted from 0.</summary>
    public static Expression Item(Expression tuple, int index) => index < Flat
        ? Expression.Field(tuple, $"Item{index + 1}")
        : Item(Expression.Field(tuple, "Rest"), index - Flat);

    /// <summary>Turns the values on the stack into a tuple.</summary>
    public static void EmitNew(ILGenerator il, Type[] types)
    {
        if (types.Length == 0)
        {
            il.Emit(OpCodes.Ldloc, il.DeclareLocal(typeof(ValueTuple)));
            return;
        }

        if (types.Length > Flat) EmitNew(il, types[Flat..]);
        var tuple = Of(types);
        il.Emit(OpCodes.Newobj, tuple.GetConstructor(tuple.GetGenericArguments())!);
    }
}
