using System.Runtime.ExceptionServices;

namespace CoffeePayment.Engine.Wire;

/// <summary>
/// Exceptions by type, message, stack trace and inner exceptions; those marked [GenerateSerializer] with their members
/// too. What cannot be made again here arrives as the nearest of its bases that can.
/// </summary>
internal sealed class ExceptionCodec<T> : Codec<T>
{
    public override void Write(WireWriter writer, T value)
    {
        writer.WriteByte(value is null ? ValueMark.Null : ValueMark.Plain);
        if (value is not null) ExceptionFormat.Write(writer, (Exception)(object)value, 0);
    }

    public override T Read(WireReader reader) => reader.ReadByte() switch
    {
        ValueMark.Null => default!,
        ValueMark.Plain => ExceptionFormat.Read(reader, 0) is T exception
            ? exception
            : throw new WireFormatException($"The exception is no {typeof(T)}."),
        _ => throw new WireFormatException($"No exception begins so (before byte {reader.Position})."),
    };
}

/// <summary>How exceptions are written.</summary>
internal static class ExceptionFormat
{
    // Inner exceptions beyond are left out: it must be possible to send any exception.
    private const int MaxDepth = 16;
    private const int MaxInner = 16;
    private const int MaxBases = 16;

    public static void Write(WireWriter writer, Exception value, int depth)
    {
        var names = ExceptionTypes.NamesOf(value.GetType(), MaxBases);
        writer.WriteByte((byte)names.Length);
        foreach (var name in names) writer.WriteString(name);
        writer.WriteString(ExceptionFields.Message(value) ?? value.Message);
        writer.WriteString(value.StackTrace);
        writer.WriteSigned(value.HResult);
        writer.WriteString(ExceptionTypes.DetailOf(value));

        Exception[] inner = depth == MaxDepth ? []
            : value is AggregateException aggregate ? [.. aggregate.InnerExceptions.Take(MaxInner)]
            : value.InnerException is { } one ? [one] : [];
        writer.WriteByte((byte)inner.Length);
        foreach (var each in inner) Write(writer, each, depth + 1);

        var members = writer.BeginSized();
        ExceptionTypes.MembersOf(value.GetType())?.WriteObject(writer, value);
        writer.EndSized(members);
    }

    public static Exception Read(WireReader reader, int depth)
    {
        var names = new string[reader.ReadByte()];
        if (depth > MaxDepth || names.Length is 0 or > MaxBases)
            throw new WireFormatException($"No exception is like that (before byte {reader.Position}).");
        for (var i = 0; i < names.Length; i++) names[i] = reader.ReadString() ?? "";
        var message = reader.ReadString();
        var stackTrace = reader.ReadString();
        var code = checked((int)reader.ReadSigned());
        var detail = reader.ReadString();

        var inner = new Exception[reader.ReadByte()];
        if (inner.Length > MaxInner)
            throw new WireFormatException($"{inner.Length} inner exceptions are too many (at byte {reader.Position}).");
        for (var i = 0; i < inner.Length; i++) inner[i] = Read(reader, depth + 1);

        var exception = ExceptionTypes.Make(reader, names, detail, inner);
        ExceptionFields.Message(exception) = message;
        ExceptionFields.Inner(exception) = inner.Length > 0 ? inner[0] : null;
        exception.HResult = code;
        if (exception.GetType() != ExceptionTypes.TryFind(names[0]))
            stackTrace = $"   (thrown as {names[0]}){Environment.NewLine}{stackTrace}";
        if (stackTrace is not null) ExceptionDispatchInfo.SetRemoteStackTrace(exception, stackTrace);
        return exception;
    }
}
