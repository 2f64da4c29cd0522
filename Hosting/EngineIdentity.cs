using System.Reflection;

namespace CoffeePayment.Hosting;

/// <summary>Which Orleans this process runs on.</summary>
internal static class EngineIdentity
{
    private const string ReasonKey = "OrleansPackagesReason";

    /// <summary>The assembly that the grains derive from, and why it is that one.</summary>
    public static string Describe()
    {
        var assembly = typeof(Grain).Assembly.GetName();
        var isOfficial = assembly.Name?.StartsWith("Orleans.", StringComparison.Ordinal) == true;
        var reason = typeof(EngineIdentity).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(metadata => metadata.Key == ReasonKey)?.Value;
        if (string.IsNullOrWhiteSpace(reason)) reason = "nobody has asked the package feed; ./run does";

        return isOfficial
            ? $"official Orleans {assembly.Version?.ToString(3)} ({reason})"
            : $"embedded, {assembly.Name} ({reason})";
    }
}
