using System.Linq.Expressions;
using CoffeePayment.Engine.Types;

namespace CoffeePayment.Engine.Wire;

/// <summary>
/// Writes and reads the members of a type that travel, by methods compiled when first needed: types may contain
/// themselves.
/// </summary>
internal sealed class MemberProgram<T>
{
    private Action<WireWriter, T>? _write;
    private Func<WireReader, int, T>? _read;

    public void Write(WireWriter writer, T value) => (_write ??= CompileWrite())(writer, value);

    public T Read(WireReader reader, int offset) => (_read ??= CompileRead())(reader, offset);

    // (writer, value) => { codecA.WriteMember(writer, 0, value.A); ... writer.WriteTag(0, Section); }
    private static Action<WireWriter, T> CompileWrite()
    {
        var writer = Expression.Parameter(typeof(WireWriter));
        var value = Expression.Parameter(typeof(T));
        var steps = new List<Expression>();
        var section = 0;
        foreach (var member in TypeModel.MembersOf(typeof(T)).OrderBy(MemberKey.Of))
        {
            if (member.Section != section) steps.Add(WriteSection(writer, section = member.Section));
            steps.Add(Expression.Call(
                Expression.Constant(Codec.Get(member.Type), typeof(Codec<>).MakeGenericType(member.Type)),
                nameof(Codec<>.WriteMember), [], writer, Expression.Constant(member.Id), member.Get(value)));
        }

        steps.Add(WriteSection(writer, 0));
        return Expression.Lambda<Action<WireWriter, T>>(Expression.Block(steps), writer, value).Compile();
    }

    private static MethodCallExpression WriteSection(ParameterExpression writer, int section) => Expression.Call(
        writer, nameof(WireWriter.WriteTag), [], Expression.Constant((uint)section),
        Expression.Constant(WireKind.Section));

    // (reader, offset) =>
    // {
    //     var value = new T(); reader.Define(offset, value);
    //     while (true)
    //         switch (reader.NextMember(ref section, ref kind))
    //         {
    //             case -1: return value;
    //             case 0: value.A = codecA.ReadMember(reader, kind); break;
    //             default: reader.Skip(kind); break;
    //         }
    // }
    private static Func<WireReader, int, T> CompileRead()
    {
        var reader = Expression.Parameter(typeof(WireReader));
        var offset = Expression.Parameter(typeof(int));
        var value = Expression.Variable(typeof(T));
        var section = Expression.Variable(typeof(int));
        var kind = Expression.Variable(typeof(WireKind));
        var end = Expression.Label();
        var cases = TypeModel.MembersOf(typeof(T)).Select(member => Expression.SwitchCase(
            Expression.Block(typeof(void), member.Set(value, Expression.Call(
                Expression.Constant(Codec.Get(member.Type), typeof(Codec<>).MakeGenericType(member.Type)),
                nameof(Codec<>.ReadMember), [], reader, kind))),
            Expression.Constant(MemberKey.Of(member))));
        var next = Expression.Call(reader, nameof(WireReader.NextMember), [], section, kind);
        var loop = Expression.Loop(
            Expression.Switch(
                next,
                Expression.Call(reader, nameof(WireReader.Skip), [], kind),
                [.. cases, Expression.SwitchCase(Expression.Break(end), Expression.Constant(-1L))]),
            end);
        Expression define = typeof(T).IsValueType
            ? Expression.Empty()
            : Expression.Call(reader, nameof(WireReader.Define), [], offset, value);
        return Expression.Lambda<Func<WireReader, int, T>>(
            Expression.Block(
                [value, section, kind],
                Expression.Assign(value, TypeModel.New(typeof(T))),
                Expression.Assign(section, Expression.Constant(0)),
                define,
                loop,
                value),
            reader, offset).Compile();
    }
}

/// <summary>Encodes objects by their members.</summary>
internal sealed class ClassCodec<T> : ReferenceCodec<T>
{
    private readonly MemberProgram<T> _program = new();

    public ClassCodec() => KeepsIdentity = true;

    protected override void WriteNew(WireWriter writer, T value) => _program.Write(writer, value);

    protected override T ReadNew(WireReader reader, int offset) => _program.Read(reader, offset);
}

/// <summary>Encodes structs, tuples among them, by their members.</summary>
internal sealed class StructCodec<T> : Codec<T>
{
    private readonly MemberProgram<T> _program = new();

    public override void Write(WireWriter writer, T value) => _program.Write(writer, value);

    public override T Read(WireReader reader) => _program.Read(reader, reader.Position);
}
