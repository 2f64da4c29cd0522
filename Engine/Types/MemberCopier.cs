using System.Linq.Expressions;

namespace CoffeePayment.Engine.Types;

/// <summary>
/// Copies the members of a type that travel, by a method compiled when first needed: types may contain themselves.
/// </summary>
internal sealed class MemberCopier<T> : Copier<T>
{
    private readonly bool _isExactlyImmutable = TypeModel.IsExactlyImmutable(typeof(T));
    private Func<T, CopyContext, T>? _copy;

    public override T Copy(T value, CopyContext context)
    {
        if (typeof(T).IsValueType) return (_copy ??= Compile())(value, context);
        if (value is null) return value;
        if (value.GetType() != typeof(T)) return (T)Get(value.GetType()).CopyObject(value, context)!;
        if (_isExactlyImmutable) return value;
        return context.TryGet<object>(value, out var known) ? (T)known : (_copy ??= Compile())(value, context);
    }

    // (original, context) => { var copy = new T(); context.Add(original, copy); copy.A = original.A; ... return copy; }
    private static Func<T, CopyContext, T> Compile()
    {
        var original = Expression.Parameter(typeof(T));
        var context = Expression.Parameter(typeof(CopyContext));
        var copy = Expression.Variable(typeof(T));
        var steps = new List<Expression> { Expression.Assign(copy, TypeModel.New(typeof(T))) };
        if (!typeof(T).IsValueType) steps.Add(Expression.Call(context, nameof(CopyContext.Add), [], original, copy));
        foreach (var member in TypeModel.MembersOf(typeof(T)))
        {
            var value = member.Get(original);
            if (!TypeModel.IsImmutable(member.Type))
                value = Expression.Call(Expression.Constant(Get(member.Type)), nameof(Copy), [], value, context);
            steps.Add(member.Set(copy, value));
        }

        steps.Add(copy);
        return Expression.Lambda<Func<T, CopyContext, T>>(Expression.Block([copy], steps), original, context).Compile();
    }
}
