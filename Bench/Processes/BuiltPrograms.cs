namespace CoffeePayment.Bench.Processes;

/// <summary>
/// Where our programs were built: this one lies in Bench/bin/configuration/framework, others beside it in theirs.
/// </summary>
internal static class BuiltPrograms
{
    private const string RuntimeConfiguration = ".runtimeconfig.json";

    /// <summary>What <c>dotnet</c> gets to run a project's program.</summary>
    public static IEnumerable<string> Run(string project, params IEnumerable<string> arguments) =>
        [PathOf(project, ".dll"), .. arguments];

    /// <summary>
    /// What <c>dotnet</c> gets to run one of this program's roles on the runtime's settings of the silo: garbage
    /// collection and thread pool are the same for what is compared.
    /// </summary>
    public static IEnumerable<string> RunRole(string role, params IEnumerable<string> arguments) =>
    [
        "exec", "--runtimeconfig", PathOf("Silo", RuntimeConfiguration), PathOf("Bench", ".dll"), "role", role,
        .. arguments,
    ];

    private static string PathOf(string project, string extension)
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var configuration = framework.Parent!;
        var root = configuration.Parent!.Parent!.Parent!.FullName;
        return Path.Combine(
            root, project, "bin", configuration.Name, framework.Name, $"CoffeePayment.{project}{extension}");
    }
}
