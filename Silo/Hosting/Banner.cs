using CoffeePayment.Hosting;
using CoffeePayment.Hosting.Settings;

namespace CoffeePayment.Silo.Hosting;

/// <summary>The first lines of output: what runs, on what, and where to look.</summary>
internal static class Banner
{
    public static IEnumerable<string> Lines(ServiceSettings settings, Uri? sandbox, Uri service)
    {
        yield return $"CoffeePayment on {EngineIdentity.Describe()}";
        yield return $"  storage   {Storage(settings)}";
        yield return sandbox is null
            ? $"  provider  YooKassa for {string.Join(", ", settings.Merchants.Select(merchant => merchant.Id))}; "
                + $"machines at {settings.Get(SettingsTable.TmetrHost)}"
            : $"  provider  the sandbox at {sandbox}, since YOOKASSA_ACCOUNT_ID is not set: no real money or coffee";
        yield return $"  look at   {service}  {service}dashboard  {service}health/ready  {service}openapi/v1.json";
        yield return $"  keys      {settings.KeyNames}";
        yield return $"  log       {settings.Get(SettingsTable.LogFile)}";
        yield return "Ctrl+C stops it. Changes of orders follow.";
    }

    private static string Storage(ServiceSettings settings) => settings.Get(SettingsTable.RedisUrl) is { } redis
        ? $"Redis at {redis.Host}:{(redis.Port < 0 ? 6379 : redis.Port)}, as a silo of cluster "
            + $"{settings.Get(SettingsTable.ClusterId)} (pid {Environment.ProcessId})"
        : $"SQLite, {Path.GetFullPath(settings.Get(SettingsTable.DataDirectory))}/coffee.db";
}
