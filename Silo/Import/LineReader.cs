using System.Text;

namespace CoffeePayment.Silo.Import;

/// <summary>
/// Reads a text line by line, in bounded memory however long a line is; lines can be given back and are then read
/// again.
/// </summary>
internal sealed class LineReader(TextReader text)
{
    /// <summary>The most characters of a line that is read: the API takes no body with more.</summary>
    public const int LengthMax = 65_536;

    private readonly char[] _buffer = new char[16_384];
    private readonly Stack<SourceLine> _givenBack = [];
    private int _length;
    private int _position;
    private long _number;

    /// <summary>The next line; null at the end. A line ends with LF or CRLF.</summary>
    public SourceLine? Read()
    {
        if (_givenBack.TryPop(out var line)) return line;

        var kept = new StringBuilder();
        var isTooLong = false;
        var isAnything = false;
        while (Next() is { } c)
        {
            isAnything = true;
            if (c == '\n') break;

            if (kept.Length < LengthMax) kept.Append(c);
            else isTooLong = true;
        }

        if (!isAnything) return null;

        if (kept.Length > 0 && kept[^1] == '\r') kept.Length--;
        return new SourceLine(++_number, kept.ToString(), isTooLong);
    }

    /// <summary>Gives lines back that were read last, in their order.</summary>
    public void GiveBack(IEnumerable<SourceLine> lines)
    {
        foreach (var line in lines.Reverse()) _givenBack.Push(line);
    }

    private char? Next()
    {
        if (_position == _length)
        {
            (_length, _position) = (text.Read(_buffer), 0);
            if (_length == 0) return null;
        }

        return _buffer[_position++];
    }
}
