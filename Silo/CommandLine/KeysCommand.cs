using System.CommandLine;
using System.Text.Json.Nodes;
using CoffeePayment.Hosting.Access;

namespace CoffeePayment.Silo.CommandLine;

/// <summary><c>keys new</c>: makes an API key. Asks no service and keeps nothing.</summary>
internal static class KeysCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("name")
        {
            Description = "Who will use it, for logs and the history of orders: 1 to 64 characters of "
                + "A-Z a-z 0-9 _ . -",
            HelpName = "NAME",
        };
        name.Validators.Add(result =>
        {
            var text = result.Tokens.SingleOrDefault()?.Value ?? "";
            if (!ApiKey.IsName(text))
            {
                result.AddError(
                    $"'{text}' is no name: 1 to 64 characters of A-Z a-z 0-9 _ . -, the first a letter or digit.");
            }
        });
        var command = new Command(
            "new", "Make a random API key; it is shown this once, and the service keeps its hash only")
        {
            name, ConnectionOptions.Json,
        };
        command.SetAction(arguments => Show(arguments, NewApiKey.Create(arguments.GetRequiredValue(name))));
        return new Command("keys", "Make API keys")
        {
            command.WithExamples("keys new barista", "keys new shop-1 --json | jq -r .entry >> /run/secrets/api-keys"),
        }.WithExamples("keys new barista");
    }

    private static int Show(ParseResult arguments, NewApiKey made)
    {
        var output = arguments.InvocationConfiguration.Output;
        if (arguments.GetValue(ConnectionOptions.Json))
        {
            output.WriteLine(new JsonObject
            {
                ["name"] = made.Known.Name,
                ["key"] = made.Key,
                ["entry"] = made.Known.Entry,
            }.ToJsonString());
            return ExitCodes.Done;
        }

        output.WriteLine($"key    {made.Key}");
        output.WriteLine($"entry  {made.Known.Entry}");
        output.WriteLine();
        output.WriteLine(
            """
            The key is for whoever uses it, and is not shown again. The entry goes into API_KEYS, or as a line
            into the file that API_KEYS_FILE names, of every process that serves the API; then restart it.
            """);
        return ExitCodes.Done;
    }
}
