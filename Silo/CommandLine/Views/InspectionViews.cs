using CoffeePayment.Api.Contracts;

namespace CoffeePayment.Silo.CommandLine.Views;

/// <summary>What is being checked, what will be, and what the service does by itself.</summary>
internal static class InspectionViews
{
    public static void WriteActive(TextWriter output, ChecksResponse checks)
    {
        foreach (var silo in checks.Silos)
        {
            output.WriteLine(
                $"{silo.Address}: {Printable.Count(silo.UnderWay)} checks under way at "
                    + Printable.Time(silo.ReportedAt));
            if (silo.Longest.Count == 0) continue;

            var table = new TextTable("ORDER", "MERCHANT", "ASKED AT", " RUNNING FOR");
            foreach (var check in silo.Longest)
            {
                table.Add(
                    check.OrderId,
                    check.MerchantId,
                    Printable.Time(check.StartedAt),
                    Printable.Milliseconds(check.RunningMs));
            }

            table.WriteTo(output, "  ");
        }

        output.WriteLine($"{Printable.Count(checks.UnderWay)} checks under way in {checks.Silos.Count} silos.");
    }

    public static void WriteScheduled(TextWriter output, ScheduleResponse page)
    {
        var table = new TextTable("ORDER", "NEXT CHECK", " IN");
        foreach (var item in page.Items)
            table.Add(item.OrderId, Printable.Time(item.DueAt), Printable.Duration(item.DueAt - page.ReadAt));

        table.WriteTo(output);
        WriteEnd(output, page);
    }

    public static void WriteReserved(TextWriter output, ScheduleResponse page)
    {
        var table = new TextTable("ORDER", "DUE SINCE", " OVERDUE BY");
        foreach (var item in page.Items.Where(item => !item.IsUnderWay))
            table.Add(item.OrderId, Printable.Time(item.DueAt), Printable.Milliseconds(item.OverdueMs));

        table.WriteTo(output);
        var underWay = page.Items.Count(item => item.IsUnderWay);
        if (underWay > 0) output.WriteLine($"{underWay} more are being checked: inspect active shows them.");
        WriteEnd(output, page);
    }

    public static void WriteRegistered(TextWriter output, JobsResponse jobs)
    {
        var table = new TextTable("JOB", "DRIVEN BY", "LAST", "SCHEDULE");
        foreach (var job in jobs.Jobs) table.Add(job.Name, job.DrivenBy, Printable.Time(job.LastAt), job.Schedule);
        table.WriteTo(output);

        output.WriteLine();
        var reminders = new TextTable("REMINDER", " EVERY", "THERE");
        foreach (var reminder in jobs.Reminders)
        {
            var period = Printable.Duration(TimeSpan.FromSeconds(reminder.PeriodS));
            reminders.Add(reminder.Name, period, reminder.IsThere ? "yes" : "NO: nobody restarts orders of dead silos");
        }

        reminders.WriteTo(output);
        output.WriteLine();
        var grains = new TextTable("GRAIN", " SILOS", " ACTIVE");
        foreach (var grain in jobs.Grains) grains.Add(grain.Name, $"{grain.Silos}", Printable.Count(grain.Activations));
        grains.WriteTo(output);
    }

    public static void WriteSweep(TextWriter output, SweepResponse sweep)
    {
        output.WriteLine(
            $"Swept in {Printable.Milliseconds(sweep.DurationMs)}: {Printable.Count(sweep.Pending)} orders to be "
                + $"looked at, {sweep.Overdue} overdue, {sweep.Restarted} restarted, {sweep.Repaired} index entries "
                + $"repaired, {sweep.Unreachable} out of reach, {sweep.Forgotten} deleted past their retention.");
    }

    private static void WriteEnd(TextWriter output, ScheduleResponse page)
    {
        output.WriteLine($"{Printable.Count(page.Scheduled)} orders are to be looked at in all.");
        if (page.NextCursor is { } cursor) output.WriteLine($"There are more: --cursor {cursor}");
    }
}
