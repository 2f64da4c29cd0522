using CoffeePayment.Silo.CommandLine.Views;

namespace CoffeePayment.Silo.Import;

/// <summary>
/// Says how far an import is while it runs: on a terminal in one line that changes, elsewhere a line now and then.
/// </summary>
internal sealed class ImportProgress : IAsyncDisposable
{
    private static readonly TimeSpan OnTerminal = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Elsewhere = TimeSpan.FromSeconds(10);

    private readonly ImportTally _tally;
    private readonly TextWriter _output;
    private readonly bool _isTerminal;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _saying;

    public ImportProgress(ImportTally tally, TextWriter output, bool isTerminal)
    {
        _tally = tally;
        _output = output;
        _isTerminal = isTerminal;
        _saying = SayAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _saying;
        _stop.Dispose();
        if (_isTerminal) _output.Write("\r" + new string(' ', Line().Length) + "\r");
    }

    private async Task SayAsync()
    {
        using var timer = new PeriodicTimer(_isTerminal ? OnTerminal : Elsewhere);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                if (_isTerminal) _output.Write("\r" + Line());
                else _output.WriteLine(Line());
            }
        }
        catch (OperationCanceledException)
        {
            // The import has ended.
        }
    }

    private string Line() =>
        $"{Printable.Count(_tally.Read)} read, {Printable.Count(_tally.Registered)} new, "
            + $"{Printable.Count(_tally.Existed)} there already, {Printable.Count(_tally.Refused)} refused";
}
