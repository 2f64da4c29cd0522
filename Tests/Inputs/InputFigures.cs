using System.Collections.Concurrent;
using System.Diagnostics;
using CoffeePayment.Tests.Processes;

namespace CoffeePayment.Tests.Inputs;

/// <summary>What was tried with strange input, and what it did; what tables of faults are made of.</summary>
/// <param name="what">What was strange.</param>
/// <param name="seed">What the same again is made from.</param>
internal sealed class InputFigures(string what, int seed)
{
    private static readonly string[] ErrorLevels = [" error: ", " fatal: "];

    private readonly ConcurrentQueue<string> _faults = new();
    private int _tried;
    private int _serverErrors;

    public int Tried => _tried;

    /// <summary>Answers with 5xx, where the fault was the input's.</summary>
    public int ServerErrors => _serverErrors;

    /// <summary>How often the process ended, or was no longer ready.</summary>
    public int Crashes { get; set; }

    /// <summary>Orders that did not end as they should, and commands that should not have been sent.</summary>
    public IReadOnlyList<string> Lost { get; set; } = [];

    /// <summary>Everything else that was not as it should be.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    /// <summary>The resident memory of the process afterwards, in MiB.</summary>
    public long ResidentMebibytes { get; set; }

    public void CountTried() => Interlocked.Increment(ref _tried);

    public void CountServerError() => Interlocked.Increment(ref _serverErrors);

    public void Add(string fault) => _faults.Enqueue(fault);

    /// <summary>Notes whether the process is there and well, and has logged no error.</summary>
    public async Task LookAtAsync(ServiceProcess service)
    {
        if (service.HasExited || !await service.Client.IsReadyAsync()) Crashes++;
        foreach (var line in service.Output.Split('\n'))
        {
            if (ErrorLevels.Any(level => line.Contains(level, StringComparison.Ordinal))) Add($"It logged: {line}");
        }

        if (service.HasExited) return;
        using var process = Process.GetProcessById(service.Id);
        ResidentMebibytes = process.WorkingSet64 / (1024 * 1024);
    }

    public override string ToString() =>
        $"{what}, seed {seed}: {Tried} tried, {ServerErrors} answered with 5xx, {Crashes} crashes, "
        + $"{Lost.Count} orders lost, {Faults.Count} other faults, {ResidentMebibytes} MiB resident afterwards";
}
