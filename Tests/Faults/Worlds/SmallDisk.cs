using System.Diagnostics;

namespace CoffeePayment.Tests.Faults.Worlds;

/// <summary>What lies on a <see cref="SmallDisk"/>.</summary>
internal enum DiskUse
{
    Data,
    Log,
}

/// <summary>
/// A file system of some megabytes that can really be filled: a tmpfs in a mount namespace of its own, which an
/// ordinary user may make where user namespaces are allowed. It goes with the process that holds the namespace.
/// </summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const string SizeMiB = "24";

    private readonly string _folder;
    private readonly DiskUse _use;
    private readonly Process _holder;

    private SmallDisk(string folder, DiskUse use, Process holder)
    {
        _folder = folder;
        _use = use;
        _holder = holder;
    }

    /// <summary>The folder of the database; null if that is on another disk.</summary>
    public string? DataFolder => _use == DiskUse.Data ? _folder : null;

    /// <summary>The folder of the log; null if that is on another disk.</summary>
    public string? LogFolder => _use == DiskUse.Log ? _folder : null;

    /// <summary>What runs a program where the disk is.</summary>
    public IReadOnlyList<string> Command =>
        ["nsenter", "--user", "--mount", "--preserve-credentials", $"--target={_holder.Id}"];

    // The same folder, seen from outside.
    private string Outside => $"/proc/{_holder.Id}/root{_folder}";

    private string Ballast => Path.Combine(Outside, "ballast");

    public static async Task<SmallDisk> CreateAsync(DiskUse use)
    {
        var folder = Directory.CreateTempSubdirectory("coffee-disk-").FullName;
        var mount = $"mount -t tmpfs -o size={SizeMiB}m coffee '{folder}' && echo mounted && exec cat";
        var holder = Process.Start(new ProcessStartInfo("unshare", ["-rm", "sh", "-c", mount])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        if (await holder.StandardOutput.ReadLineAsync() is "mounted") return new SmallDisk(folder, use, holder);

        holder.Dispose();
        throw new InvalidOperationException(
            "A file system to be filled needs a user namespace, which this machine does not allow.");
    }

    /// <summary>Takes every byte that is left.</summary>
    public void Fill()
    {
        var bytes = new byte[4096];
        using var file = new FileStream(Ballast, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        try
        {
            while (true) file.Write(bytes);
        }
        catch (IOException)
        {
            // It is full.
        }
    }

    /// <summary>Mounts it anew: "ro" for reading only, while nobody writes to it, or "rw".</summary>
    public void Remount(string mode)
    {
        string[] mount = [.. Command, "mount", "-o", $"remount,{mode}", _folder];
        using var process = Process.Start(mount[0], mount[1..]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    /// <summary>Gives them back.</summary>
    public void Free() => File.Delete(Ballast);

    public async ValueTask DisposeAsync()
    {
        _holder.StandardInput.Close();
        await _holder.WaitForExitAsync();
        _holder.Dispose();
        Directory.Delete(_folder);
    }
}
