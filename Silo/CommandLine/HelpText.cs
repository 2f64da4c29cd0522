using CoffeePayment.Hosting.Settings;

namespace CoffeePayment.Silo.CommandLine;

/// <summary>What <c>--help</c> prints: the arguments, and the settings from their table.</summary>
public static class HelpText
{
    private const string Head =
        """
        ./run [--demo N [--exit] | --silos N] [--NAME=value ...]

        Starts the service with everything it needs in one process. Ctrl+C stops it.

          --demo N      registers N orders (1 to 10000) that end in every way there is, with short intervals and in a
                        database of its own, and counts how they ended
          --exit        ends after the demo: 0 if every order ended as its script says, 1 if not
          --silos N     starts N silos (1 to 16) and an API in front of them as processes of their own, on REDIS_URL or on
                        a redis-server that it starts too
          --NAME=value  a setting, see below
          --help        this

        """;

    public static string Create() => Head + SettingsText.Create(SettingsTable.All);
}
