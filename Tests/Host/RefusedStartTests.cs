using System.Diagnostics;
using CoffeePayment.Hosting.Settings;

namespace CoffeePayment.Tests.Host;

/// <summary>What neither process starts with, as processes.</summary>
public sealed class RefusedStartTests : IDisposable
{
    private const string Silo = "CoffeePayment.Silo.dll";
    private const string Api = "CoffeePayment.Api.dll";
    private const string ApiKeys = "API_KEYS is not set: ";
    private const string ClusterSecret = "CLUSTER_SECRET is not set: ";
    private const string Endpoints = "Kestrel:Endpoints is 'set': ";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("coffee-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(Silo, "ASPNETCORE_URLS=http://0.0.0.0:0", ApiKeys)]
    [InlineData(Api, "ASPNETCORE_URLS=http://0.0.0.0:0", ApiKeys)]
    [InlineData(Silo, "SILO_ADDRESS=10.0.0.1", ClusterSecret)]
    [InlineData(Api, "SILO_ADDRESS=10.0.0.1", ClusterSecret)]
    [InlineData(Silo, "ASPNETCORE_Kestrel__Endpoints__Http__Url=http://0.0.0.0:0", Endpoints)]
    [InlineData(Api, "Kestrel__Endpoints__Http__Url=http://0.0.0.0:0", Endpoints)]
    public async Task Start_OpenToOthersWithoutASecret_IsRefusedInOneLine(string program, string setting, string line)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, program)])
        {
            UseShellExecute = false,
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var known in SettingsTable.All) start.Environment.Remove(known.Name);
        start.Environment["REDIS_URL"] = "redis://127.0.0.1:1";
        start.Environment[setting.Split('=')[0]] = setting.Split('=')[1];
        using var process = Process.Start(start)!;
        using var timeout = new CancellationTokenSource(Patience);

        var errors = await process.StandardError.ReadToEndAsync(timeout.Token);
        await process.WaitForExitAsync(timeout.Token);

        Assert.Equal(2, process.ExitCode);
        Assert.StartsWith(line, errors, StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd().Split('\n'));
    }
}
