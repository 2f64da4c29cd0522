using System.Diagnostics;

namespace CoffeePayment.Tests.Faults.Worlds;

/// <summary>Takes from a process the right to open anything more than it has open, and gives it back.</summary>
internal sealed class DescriptorLimit : IDisposable
{
    private readonly int _processId;
    private readonly string _limit;

    private DescriptorLimit(int processId, string limit)
    {
        _processId = processId;
        _limit = limit;
    }

    public static DescriptorLimit Exhaust(int processId)
    {
        var line = File.ReadLines($"/proc/{processId}/limits").Single(line => line.StartsWith("Max open files"));
        var limit = new DescriptorLimit(processId, line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3]);
        Set(processId, $"{Directory.EnumerateFileSystemEntries($"/proc/{processId}/fd").Count()}");
        return limit;
    }

    public void Dispose() => Set(_processId, _limit);

    // The soft limit alone: only root may raise the hard one again.
    private static void Set(int processId, string softLimit)
    {
        using var prlimit = Process.Start("prlimit", [$"--pid={processId}", $"--nofile={softLimit}:"]);
        prlimit.WaitForExit();

        // Nothing is to be given back to a process that has ended, which is for others to tell.
        Assert.True(prlimit.ExitCode == 0 || !Directory.Exists($"/proc/{processId}"), $"prlimit: {prlimit.ExitCode}");
    }
}
