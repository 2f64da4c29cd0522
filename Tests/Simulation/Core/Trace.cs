using System.Globalization;
using System.Text;

namespace CoffeePayment.Tests.Simulation.Core;

/// <summary>
/// What happened, a line an event: the last of it for whoever reads a failure, and a hash of all of it.
/// </summary>
internal sealed class Trace(Scheduler scheduler, bool keepsAll)
{
    private const int LinesKept = 400;

    private readonly Queue<string> _lines = [];
    private ulong _hash = 14695981039346656037ul;

    /// <summary>Equal for equal traces.</summary>
    public ulong Hash => _hash;

    /// <summary>Whether somebody is going to read all of it.</summary>
    public bool KeepsAll => keepsAll;

    public long Length { get; private set; }

    public void Add(string line)
    {
        Length++;
        Mix((ulong)scheduler.Elapsed);
        Mix((ulong)scheduler.Steps);
        foreach (var letter in line) Mix(letter);
        _lines.Enqueue(string.Create(
            CultureInfo.InvariantCulture, $"{scheduler.Elapsed / (double)TimeSpan.TicksPerSecond,11:F4} {line}"));
        if (!keepsAll && _lines.Count > LinesKept) _lines.Dequeue();
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var line in _lines) text.AppendLine(line);
        return text.ToString();
    }

    private void Mix(ulong value) => _hash = (_hash ^ value) * 1099511628211ul;
}
