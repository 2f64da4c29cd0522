namespace CoffeePayment.Bench.Processes;

/// <summary>
/// Where our programs were built: this one lies somewhere below Bench/bin, others in the same place below theirs.
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
        var bin = new DirectoryInfo(AppContext.BaseDirectory);
        while (bin.Name != "bin")
        {
            bin = bin.Parent ?? throw new InvalidOperationException(
                $"{AppContext.BaseDirectory} is not below a bin folder.");
        }

        var place = Path.GetRelativePath(bin.FullName, AppContext.BaseDirectory);
        return Path.Combine(bin.Parent!.Parent!.FullName, project, "bin", place, $"CoffeePayment.{project}{extension}");
    }
}
