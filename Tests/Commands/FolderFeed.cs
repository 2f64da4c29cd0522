using System.IO.Compression;

namespace CoffeePayment.Tests.Commands;

/// <summary>A package feed in a folder, with packages that have a name, a version and nothing in them.</summary>
internal sealed class FolderFeed(string folder)
{
    public string Folder { get; } = Directory.CreateDirectory(folder).FullName;

    /// <summary>Adds a package.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="version">Its version.</param>
    /// <param name="needed">A package that it depends on, as name and least version; null: none.</param>
    public void Add(string id, string version, (string Id, string Version)? needed = null)
    {
        using var archive = ZipFile.Open(Path.Combine(Folder, $"{id}.{version}.nupkg"), ZipArchiveMode.Create);
        var dependency = needed is var (name, least) ? $"""<dependency id="{name}" version="{least}" />""" : "";
        Write(
            archive,
            $"{id}.nuspec",
            $"""
            <package>
              <metadata>
                <id>{id}</id>
                <version>{version}</version>
                <authors>tests</authors>
                <description>Nothing.</description>
                <dependencies><group targetFramework="net8.0">{dependency}</group></dependencies>
              </metadata>
            </package>
            """);
        Write(archive, "lib/net8.0/_._", "");
    }

    public void Remove(string id)
    {
        foreach (var file in Directory.GetFiles(Folder, $"{id}.*.nupkg")) File.Delete(file);
    }

    private static void Write(ZipArchive archive, string name, string content)
    {
        using var writer = new StreamWriter(archive.CreateEntry(name).Open());
        writer.Write(content);
    }
}
