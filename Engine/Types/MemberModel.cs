using System.Linq.Expressions;
using System.Reflection;
using System.Reflection.Emit;

namespace CoffeePayment.Engine.Types;

/// <summary>
/// A field or property which travels: how to read it, and how to set it whatever its declaration forbids.
/// </summary>
internal sealed class MemberModel(MemberInfo member, uint id, int section)
{
    private delegate void Setter<TTarget, TValue>(ref TTarget target, TValue value);

    /// <summary>Unique within the section.</summary>
    public uint Id => id;

    /// <summary>
    /// From the base type on, each has an even section for the members that it marks, and an odd one for those of a
    /// record's primary constructor.
    /// </summary>
    public int Section => section;

    public Type Type => member is PropertyInfo property ? property.PropertyType : ((FieldInfo)member).FieldType;

    public Expression Get(Expression target) => Expression.MakeMemberAccess(target, member);

    /// <param name="target">A variable; that of a struct is changed in place.</param>
    /// <param name="value">Of <see cref="Type"/>.</param>
    public Expression Set(ParameterExpression target, Expression value) => member switch
    {
        PropertyInfo { CanWrite: true } => Expression.Assign(Get(target), value),
        FieldInfo { IsInitOnly: false } => Expression.Assign(Get(target), value),
        _ => Expression.Invoke(Expression.Constant(ReadOnlySetter(target.Type)), target, value),
    };

    private Delegate ReadOnlySetter(Type target)
    {
        var field = member as FieldInfo
            ?? member.DeclaringType!.GetField(
                $"<{member.Name}>k__BackingField", BindingFlags.Instance | BindingFlags.NonPublic)
            ?? throw new NotSupportedException(
                $"{member.DeclaringType}.{member.Name} is marked with [Id], "
                + "but it can neither be set nor is it an automatic property.");
        var method = new DynamicMethod(
            $"Set{member.Name}",
            null,
            [target.MakeByRefType(), field.FieldType],
            typeof(MemberModel),
            skipVisibility: true);
        var il = method.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        if (!target.IsValueType) il.Emit(OpCodes.Ldind_Ref);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Stfld, field);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate(typeof(Setter<,>).MakeGenericType(target, field.FieldType));
    }
}
