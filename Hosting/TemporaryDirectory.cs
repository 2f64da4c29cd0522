namespace CoffeePayment.Hosting;

/// <summary>A directory of its own, gone when it is disposed.</summary>
internal sealed class TemporaryDirectory(string prefix) : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory(prefix).FullName;

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // Somebody looks into it; the system clears its temporary directory sometime.
        }
    }
}
