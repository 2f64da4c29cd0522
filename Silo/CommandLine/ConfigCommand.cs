using System.CommandLine;
using System.Text.Json;
using CoffeePayment.Hosting;
using CoffeePayment.Hosting.Settings;
using CoffeePayment.Silo.CommandLine.Views;

namespace CoffeePayment.Silo.CommandLine;

/// <summary><c>config</c>: the settings that <c>run</c> would have here. Starts nothing and writes no file.</summary>
internal static class ConfigCommand
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    public static Command Create()
    {
        var command = new Command(
            "config", "Show every setting that 'run' would have here and where it comes from; secrets are masked");
        command.Add(ConnectionOptions.Json);
        command.TakeSettings();
        command.SetAction((arguments, stop) => ConnectionOptions.RunAsync(
            arguments, _ => Task.FromResult(Show(arguments)), stop));
        return command.WithExamples(
            "config", "config --json | jq -r '.settings[] | select(.source != \"default\") | .name'");
    }

    private static int Show(ParseResult arguments)
    {
        var settings = Read(arguments);
        var output = arguments.InvocationConfiguration.Output;
        if (arguments.GetValue(ConnectionOptions.Json))
        {
            WriteJson(output, settings);
            return ExitCodes.Done;
        }

        var table = new TextTable("SETTING", "VALUE", "FROM");
        foreach (var value in settings.Values) table.Add(value.Name, value.Shown ?? "(unset)", value.Source);
        table.WriteTo(output);
        output.WriteLine();
        var merchants = settings.Merchants.Select(merchant => $"{merchant} at {merchant.ApiUrl}");
        output.WriteLine(settings.Merchants.Count == 0
            ? "No merchant is configured: the sandbox plays YooKassa and the machine."
            : $"Merchants: {string.Join(", ", merchants)}");
        return ExitCodes.Done;
    }

    private static ServiceSettings Read(ParseResult arguments)
    {
        try
        {
            var builder = ServiceProcess.CreateBuilder(SettingsArgument.Read(arguments));
            return ServiceProcess.ReadSettings(builder.Configuration);
        }
        catch (RefusedStartException refused)
        {
            throw new CommandFailure(ExitCodes.Usage, refused.Message);
        }
    }

    private static void WriteJson(TextWriter output, ServiceSettings settings)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Indented))
        {
            json.WriteStartObject();
            json.WriteStartArray("settings");
            foreach (var value in settings.Values)
            {
                json.WriteStartObject();
                json.WriteString("name", value.Name);
                json.WriteString("value", value.Shown);
                json.WriteString("source", value.Source);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("merchants");
            foreach (var merchant in settings.Merchants)
            {
                json.WriteStartObject();
                json.WriteString("id", merchant.Id);
                json.WriteString("account_id", merchant.AccountId);
                json.WriteString("api_url", merchant.ApiUrl.ToString());
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteLine(System.Text.Encoding.UTF8.GetString(stream.ToArray()));
    }
}
