using System.Text;
using Serilog.Sinks.File;

namespace CoffeePayment.Hosting.Logs;

/// <summary>
/// Keeps a name for the file that is being written, whatever its date and number: a symbolic link, which
/// <c>tail -F</c> follows from one file to the next.
/// </summary>
/// <param name="link">The name. A file that is none of ours stays as it is.</param>
internal sealed class CurrentLogLink(string link) : FileLifecycleHooks
{
    public override Stream OnFileOpened(string path, Stream underlyingStream, Encoding encoding)
    {
        try
        {
            var found = new FileInfo(link);
            if (found.LinkTarget is not null || !found.Exists) PointTo(Path.GetFileName(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Where there can be no link the log is under its dated name alone.
        }

        return underlyingStream;
    }

    /// <summary>In one step: whoever opens the link finds the old file or the new one.</summary>
    private void PointTo(string file)
    {
        var next = $"{link}.{Environment.ProcessId}";
        File.Delete(next);
        File.CreateSymbolicLink(next, file);
        File.Move(next, link, overwrite: true);
    }
}
