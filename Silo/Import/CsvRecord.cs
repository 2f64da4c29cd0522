using System.Text;

namespace CoffeePayment.Silo.Import;

/// <summary>A record of CSV (RFC 4180) that is fed line by line until its quotes are closed.</summary>
internal sealed class CsvRecord(char delimiter)
{
    private readonly StringBuilder _cell = new();
    private readonly List<string> _cells = [];
    private Place _place = Place.Start;

    private enum Place
    {
        /// <summary>Before the first character of a cell.</summary>
        Start,

        /// <summary>In a cell that does not begin with a quote; quotes in it are characters as any other.</summary>
        Bare,

        /// <summary>In a cell that does.</summary>
        Quoted,

        /// <summary>After a quote in a quoted cell: another one is a quote, anything else ends the cell.</summary>
        AfterQuote,
    }

    /// <summary>The cells so far; all of them once a line has been fed that leaves no quote open.</summary>
    public IReadOnlyList<string> Cells => _cells;

    /// <summary>What is wrong with it; null if nothing is.</summary>
    public string? Fault { get; private set; }

    /// <summary>
    /// Feeds a line; true when the record is complete or broken, false when it goes on in the next line.
    /// </summary>
    public bool Feed(string line)
    {
        foreach (var c in line)
        {
            if (!Take(c)) return true;
        }

        if (_place == Place.Quoted)
        {
            _cell.Append('\n');
            return false;
        }

        EndCell();
        return true;
    }

    private bool Take(char c)
    {
        switch (_place)
        {
            case Place.Quoted when c == '"':
                _place = Place.AfterQuote;
                break;
            case Place.Quoted:
                _cell.Append(c);
                break;
            case Place.AfterQuote when c == '"':
                _cell.Append(c);
                _place = Place.Quoted;
                break;
            case Place.Start when c == '"':
                _place = Place.Quoted;
                break;
            case var _ when c == delimiter:
                EndCell();
                break;
            case Place.AfterQuote:
                Fault = "has text after a closing quote";
                return false;
            default:
                _cell.Append(c);
                _place = Place.Bare;
                break;
        }

        return true;
    }

    private void EndCell()
    {
        _cells.Add(_cell.ToString());
        _cell.Clear();
        _place = Place.Start;
    }
}
