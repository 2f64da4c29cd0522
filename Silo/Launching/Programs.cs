namespace CoffeePayment.Silo.Launching;

/// <summary>Finds programs on the <c>PATH</c>.</summary>
internal static class Programs
{
    /// <summary>The program's path; null if it is not there.</summary>
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
}
