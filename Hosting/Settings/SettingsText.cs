using System.Text;

namespace CoffeePayment.Hosting.Settings;

/// <summary>The settings as <c>--help</c> explains them, from their table.</summary>
public static class SettingsText
{
    private const string Sources =
        """
        Settings come from appsettings.json, the environment or the command line, the later one wins; an empty
        value is as good as none, but for LATE_CHECKS. Each secret (*) can also come from a file: NAME_FILE is its
        path. More merchants: Merchants__{id}__Yookassa__{AccountId,SecretKey,SecretKey_FILE,ApiUrl}.

        """;

    public static string Create(IEnumerable<Setting> settings)
    {
        var text = new StringBuilder(Sources);
        foreach (var setting in settings)
        {
            text.Append('\n')
                .Append($"  {setting.Name}{(setting.IsSecret ? "*" : "")} ({setting.Default ?? "unset"})\n")
                .Append($"      {setting.Meaning}: {setting.Allowed}\n");
        }

        return text.ToString();
    }
}
