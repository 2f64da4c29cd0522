using System.Reflection;

namespace CoffeePayment.Hosting;

/// <summary>Which Orleans this process runs on.</summary>
internal static class EngineIdentity
{
    private const string ReasonKey = "OrleansPackagesReason";

    /// <summary>Whether the grains run on the official packages.</summary>
    public static bool IsOfficial { get; } =
        typeof(Grain).Assembly.GetName().Name?.StartsWith("Orleans.", StringComparison.Ordinal) == true;

    /// <summary>The assembly that the grains derive from, and why it is that one.</summary>
    public static string Describe()
    {
        var assembly = typeof(Grain).Assembly;
        var reason = typeof(EngineIdentity).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(metadata => metadata.Key == ReasonKey)?.Value;
        if (string.IsNullOrWhiteSpace(reason)) reason = "nobody has asked the package feed; ./run does";

        return IsOfficial
            ? $"official Orleans {VersionOf(assembly)} ({reason})"
            : $"the embedded engine ({reason})";
    }

    // The assembly's own version stays the same through a major one. The package's goes on: "10.4.2. Commit Hash: ...".
    private static string? VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?
            .InformationalVersion.Split('+', ' ')[0].TrimEnd('.');
}
