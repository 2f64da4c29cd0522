using System.Text;
using CoffeePayment.Hosting.Settings;

namespace CoffeePayment.Silo.CommandLine;

/// <summary>What <c>--help</c> prints: the arguments, and the settings from their table.</summary>
public static class HelpText
{
    private const string Head =
        """
        ./run [--demo N [--exit]] [--NAME=value ...]

        Starts the service with everything it needs in one process. Ctrl+C stops it.

          --demo N      registers N orders (1 to 10000) that end in every way there is, with short intervals and in a
                        database of its own, and counts how they ended
          --exit        ends after the demo: 0 if every order ended as its script says, 1 if not
          --NAME=value  a setting, see below
          --help        this

        Settings come from appsettings.json, the environment or the command line, the later one wins; an empty
        value is as good as none. Each secret (*) can also come from a file: NAME_FILE is its path. More merchants:
        Merchants__{id}__Yookassa__{AccountId,SecretKey,SecretKey_FILE,ApiUrl}.

        """;

    public static string Create()
    {
        var text = new StringBuilder(Head);
        foreach (var setting in SettingsTable.All)
        {
            text.Append('\n')
                .Append($"  {setting.Name}{(setting.IsSecret ? "*" : "")} ({setting.Default ?? "unset"})\n")
                .Append($"      {setting.Meaning}: {setting.Allowed}\n");
        }

        return text.ToString();
    }
}
