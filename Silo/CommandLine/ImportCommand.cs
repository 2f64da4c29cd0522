using System.CommandLine;
using CoffeePayment.Api.Audit;
using CoffeePayment.Silo.CommandLine.Views;
using CoffeePayment.Silo.Import;

namespace CoffeePayment.Silo.CommandLine;

/// <summary><c>import</c>: pending orders of another system into this one.</summary>
internal static class ImportCommand
{
    private const int ConcurrencyDefault = 16;
    private const int ConcurrencyMax = 256;

    private static readonly Argument<string> Source = new("file")
    {
        Description = "CSV with a header, or JSON lines (.jsonl, .ndjson, .json); - reads the standard input",
        HelpName = "FILE",
    };

    private static readonly Option<string?> Format = new Option<string?>("--format")
    {
        Description = "What the file is, whatever it is called",
        HelpName = "csv|jsonl",
    }.OneOf("csv", "jsonl");

    private static readonly Option<string[]> Map = new("--map")
    {
        Description = "A column of the file and the field that it is; may be given several times",
        HelpName = "COLUMN=field",
    };

    private static readonly Option<string?> UtcOffset = new("--utc-offset")
    {
        Description = "The offset from UTC of times that are written without one; by default they are refused",
        HelpName = "+03:00",
    };

    private static readonly Option<bool> DryRun = new("--dry-run")
    {
        Description = "Read and check everything by the rules of the API, and send nothing",
    };

    private static readonly Option<string?> Report = new("--report")
    {
        Description = "Where to write the refused orders with why, CSV or JSON lines by its name, to be corrected and "
            + "imported",
        HelpName = "FILE",
    };

    private static readonly Option<int> Concurrency = new Option<int>("--concurrency")
    {
        Description = "How many orders are sent at once",
        HelpName = "N",
        DefaultValueFactory = _ => ConcurrencyDefault,
    }.Between(1, ConcurrencyMax);

    private static readonly Option<int?> Rate = new Option<int?>("--rate")
    {
        Description = "How many orders are sent a second at most: each is asked about 5 s later",
        HelpName = "N",
    }.Between(1, 1_000_000);

    public static Command Create()
    {
        var command = new Command(
            "import", "Register pending orders from a file. Doing it twice, or again after it broke off, does no harm")
        {
            Source, Format, Map, UtcOffset, DryRun, Report, Concurrency, Rate,
        };
        Map.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => ToPair(token.Value) is null))
            {
                result.AddError($"--map is '{token.Value}': it must be COLUMN=field, field one of "
                    + $"{string.Join(", ", FieldMap.Fields)}.");
            }
        });
        UtcOffset.Validators.Add(result =>
        {
            var text = result.Tokens.Single().Value;
            var hasItsForm = text is ['+' or '-', _, _, ':', _, _];
            if (!hasItsForm || !DateTimeOffset.TryParse($"2026-01-01T00:00:00{text}", null, out _))
                result.AddError($"--utc-offset is '{text}': it must be like +03:00.");
        });
        command.TalkToService(RunAsync, ConcurrencyMax);
        return command.WithExamples(
            "import orders.csv --dry-run",
            "import orders.csv --report refused.csv",
            "import - --format jsonl --rate 50 < orders.jsonl",
            "import orders.csv --map created_at=payment_started_at --utc-offset +03:00");
    }

    private static async Task<int> RunAsync(CommandContext context)
    {
        var file = context.Value(Source);
        var isDryRun = context.Value(DryRun);
        var map = new FieldMap(context.Value(Map)!.Select(pair => ToPair(pair)!.Value));
        var isJson = context.Value(Format) is { } format ? format == "jsonl" : ImportFile.IsJson(file);
        using var text = ImportFile.Open(file);
        var source = ImportFile.Read(text, isJson, map);
        using var report = OpenReport(context.Value(Report), file);
        var reader = new CandidateReader(map, context.Value(UtcOffset), TimeProvider.System);
        context.Service.SendAlong(AuditLog.ImportHeader, "1");
        var registrar = isDryRun
            ? null
            : new Registrar(context.Service, new SharedPause(context.Value(Rate), TimeProvider.System));
        var run = new ImportRun(source, reader, registrar, report, context.Value(Concurrency));

        await using (new ImportProgress(run.Tally, context.Error, IsTerminal(context)))
            await run.RunAsync(context.Stop);

        if (reader.Ignored.Count > 0)
        {
            var names = reader.Ignored.Order(StringComparer.Ordinal).Take(20).Select(Printable.Line);
            context.Error.WriteLine($"warning: not used, since no field is called so: {string.Join(", ", names)}");
        }

        return Conclude(context, run, file, isDryRun);
    }

    private static int Conclude(CommandContext context, ImportRun run, string file, bool isDryRun)
    {
        var stopped = run.Stopped?.Message;
        if (context.IsJson) ImportView.WriteJson(context.Out, file, run.Tally, isDryRun, stopped);
        else ImportView.Write(context.Out, file, run.Tally, isDryRun, context.Value(Report));

        if (run.Stopped is not { } failure) return run.Tally.Refused == 0 ? ExitCodes.Done : ExitCodes.Refused;

        context.Error.WriteLine(
            $"{stopped} The import stopped before the end of the file. What is registered stays; run the same again.");
        return failure.ExitCode;
    }

    private static RefusalReport? OpenReport(string? path, string file)
    {
        if (path is null) return null;
        if (file != ImportFile.StandardInput && Path.GetFullPath(path) == Path.GetFullPath(file))
        {
            throw new CommandFailure(
                ExitCodes.Usage, $"--report is '{path}': it must be another file than the one that is read.");
        }

        try
        {
            return RefusalReport.Create(path, ImportFile.IsJson(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandFailure(ExitCodes.Usage, $"--report is '{path}', which cannot be written: {e.Message}");
        }
    }

    private static KeyValuePair<string, string>? ToPair(string text)
    {
        var at = text.LastIndexOf('=');
        var field = text[(at + 1)..];
        return at > 0 && FieldMap.Fields.Contains(field) ? new(text[..at].Trim(), field) : null;
    }

    private static bool IsTerminal(CommandContext context) =>
        ReferenceEquals(context.Error, Console.Error) && !Console.IsErrorRedirected;
}
