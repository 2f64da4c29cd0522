using System.Globalization;
using System.Runtime.InteropServices;

namespace CoffeePayment.Bench.Measuring;

/// <summary>CPU time of the whole machine since its start, as <c>/proc/stat</c> counts it.</summary>
/// <param name="Busy">Spent on any process or in the kernel, all cores together.</param>
/// <param name="Stolen">Wanted, but given to other machines by the host.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct MachineTime(TimeSpan Busy, TimeSpan Stolen)
{
    private const double TicksPerSecond = 100;

    public static MachineTime Now() => Parse(File.ReadLines("/proc/stat").First());

    /// <summary>Reads <c>cpu user nice system idle iowait irq softirq steal ...</c>.</summary>
    internal static MachineTime Parse(string line)
    {
        var ticks = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..9]
            .Select(static text => long.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        var busy = ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6];
        return new MachineTime(
            TimeSpan.FromSeconds(busy / TicksPerSecond), TimeSpan.FromSeconds(ticks[7] / TicksPerSecond));
    }

    public static MachineTime operator -(MachineTime left, MachineTime right) =>
        new(left.Busy - right.Busy, left.Stolen - right.Stolen);
}
