using System.Text.Json.Nodes;
using CoffeePayment.Silo.Import;

namespace CoffeePayment.Silo.CommandLine.Views;

/// <summary>What an import came to.</summary>
internal static class ImportView
{
    private const int ShownMax = 20;

    public static void Write(TextWriter output, string file, ImportTally tally, bool isDryRun, string? report)
    {
        output.WriteLine($"{file}: {Printable.Count(tally.Read)} orders read");
        if (isDryRun)
        {
            Count("would be sent", tally.Valid);
        }
        else
        {
            Count("new", tally.Registered);
            Count("there already", tally.Existed);
        }

        Count("refused", tally.Refused);
        if (tally.Refused == 0) return;

        output.WriteLine();
        var table = new TextTable(" LINE", "ORDER", "FIELD", "WHY");
        foreach (var refusal in tally.Refusals.Take(ShownMax))
        {
            foreach (var (field, why) in refusal.Faults)
                table.Add($"{refusal.Line}", refusal.OrderId, field.Length == 0 ? null : field, why);
        }

        table.WriteTo(output);
        var more = tally.Refused - Math.Min(tally.Refused, ShownMax);
        if (more > 0) output.WriteLine($"... and {Printable.Count(more)} more");
        output.WriteLine(report is null
            ? "--report FILE writes all of them to a file that can be corrected and imported."
            : $"All of them are in {report}: correct it and import it.");

        void Count(string what, long orders) => output.WriteLine($"  {what,-14} {Printable.Count(orders),8}");
    }

    public static void WriteJson(TextWriter output, string file, ImportTally tally, bool isDryRun, string? stopped)
    {
        var refusals = tally.Refusals.Select(refusal => (JsonNode)new JsonObject
        {
            ["line"] = refusal.Line,
            ["order_id"] = refusal.OrderId,
            ["errors"] = new JsonArray([.. refusal.Faults.Select(fault => (JsonNode)new JsonObject
            {
                ["field"] = fault.Field.Length == 0 ? null : fault.Field,
                ["why"] = fault.Why,
            })]),
        });
        output.WriteLine(new JsonObject
        {
            ["file"] = file,
            ["is_dry_run"] = isDryRun,
            ["read"] = tally.Read,
            ["valid"] = isDryRun ? tally.Valid : null,
            ["registered"] = tally.Registered,
            ["existed"] = tally.Existed,
            ["refused"] = tally.Refused,
            ["stopped"] = stopped,
            ["refusals"] = new JsonArray([.. refusals]),
        }.ToJsonString());
    }
}
