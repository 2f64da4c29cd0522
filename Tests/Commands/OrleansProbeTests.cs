using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace CoffeePayment.Tests.Commands;

/// <summary>
/// How ./run, ./test and ./bench find out which Orleans a machine has: on a copy of the repository's build files, with
/// feeds of its own.
/// </summary>
public sealed class OrleansProbeTests : IDisposable
{
    private const string OrleansVersion = "10.4.2";
    private const string Official = "the official Orleans packages";
    private const string Embedded = "the embedded engine";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly string[] OrleansPackages =
    [
        "Microsoft.Orleans.Client", "Microsoft.Orleans.Clustering.Redis", "Microsoft.Orleans.Dashboard",
        "Microsoft.Orleans.Persistence.Memory", "Microsoft.Orleans.Persistence.Redis", "Microsoft.Orleans.Reminders",
        "Microsoft.Orleans.Reminders.Redis", "Microsoft.Orleans.Sdk", "Microsoft.Orleans.Server",
        "Microsoft.Orleans.TestingHost",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("coffee-probe-").FullName;
    private readonly string _repository;
    private readonly FolderFeed _feed;

    public OrleansProbeTests()
    {
        _repository = Path.Combine(_folder, "user", "repository");
        Copy(Path.Combine(AppContext.BaseDirectory, "repository"), _repository);
        _feed = new FolderFeed(Path.Combine(_folder, "feed"));
        foreach (var package in OrleansPackages) _feed.Add(package, OrleansVersion);
        _feed.Add("StackExchange.Redis", "3.1.31");
    }

    private string Answer => Path.Combine(_repository, "orleans.props");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Choose_FeedHasAll_IsOfficialAndRemembered()
    {
        UseFeed(_feed.Folder);

        var first = await ChooseAsync();
        Directory.Delete(_feed.Folder, recursive: true);
        Directory.Delete(Path.Combine(_folder, "packages"), recursive: true);
        var second = await ChooseAsync();

        Assert.Equal((0, $"{Official} (the package feed has them)"), first);
        Assert.Equal(first, second);
    }

    [Fact]
    public async Task Choose_FeedHasALaterVersionOfADependency_IsOfficialAsTheBuildWouldBe()
    {
        _feed.Remove("StackExchange.Redis");
        _feed.Add("StackExchange.Redis", "3.2.0");
        UseFeed(_feed.Folder);

        Assert.Equal((0, $"{Official} (the package feed has them)"), await ChooseAsync());
    }

    [Fact]
    public async Task Choose_FeedOfTheUsersConfiguration_IsAsked()
    {
        UseFeed(_feed.Folder, Path.Combine(_folder, "home", ".nuget", "NuGet", "NuGet.Config"));

        Assert.Equal((0, $"{Official} (the package feed has them)"), await ChooseAsync());
    }

    [Fact]
    public async Task Choose_FeedLacksPackages_IsEmbeddedAndNamesThem()
    {
        _feed.Remove("Microsoft.Orleans.Dashboard");
        _feed.Remove("Microsoft.Orleans.Reminders.Redis");
        _feed.Remove("StackExchange.Redis");
        UseFeed(_feed.Folder);

        var choice = await ChooseAsync();

        const string Names = "Microsoft.Orleans.Dashboard, Microsoft.Orleans.Reminders.Redis and 1 more";
        Assert.Equal((0, $"{Embedded} (the package feed lacks {Names})"), choice);
        Assert.Contains("<OrleansPackages>false</OrleansPackages>", await File.ReadAllTextAsync(Answer));
    }

    [Fact]
    public async Task Choose_VersionsContradictEachOther_IsEmbedded()
    {
        _feed.Remove("Microsoft.Orleans.Clustering.Redis");
        _feed.Add("Microsoft.Orleans.Clustering.Redis", OrleansVersion, needed: ("StackExchange.Redis", "99.0.0"));
        _feed.Add("StackExchange.Redis", "99.0.0");
        UseFeed(_feed.Folder);

        Assert.Equal(
            (0, $"{Embedded} (the versions in the package feed do not fit together)"), await ChooseAsync());
    }

    [Fact]
    public async Task Choose_FeedHangs_IsEmbeddedInTime()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        UseFeed($"http://{listener.LocalEndpoint}/index.json");

        var choice = await ChooseAsync(timeoutS: 3);
        listener.Stop();
        var second = await ChooseAsync(timeoutS: 3);

        var reason = "the package feed did not answer within 3 s; delete orleans.props to ask it again";
        Assert.Equal((0, $"{Embedded} ({reason})"), choice);
        Assert.Equal(choice, second);
    }

    [Fact]
    public async Task Choose_NobodyAtTheFeed_IsEmbeddedUntilAFailedBuildForgetsIt()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = listener.LocalEndpoint;
        listener.Stop();
        UseFeed($"http://{address}/index.json");

        var choice = await ChooseAsync();
        var isRemembered = File.Exists(Answer);
        await RunAsync("forget_unanswered_feed");

        var reason = "the package feed could not be asked; delete orleans.props to ask it again";
        Assert.Equal((0, $"{Embedded} ({reason})"), choice);
        Assert.True(isRemembered);
        Assert.False(File.Exists(Answer));
    }

    [Theory]
    [InlineData("true", Official)]
    [InlineData("false", Embedded)]
    public async Task Choose_Told_AsksNobody(string told, string expected)
    {
        UseFeed(Path.Combine(_folder, "nowhere"));

        var choice = await ChooseAsync(told);

        Assert.Equal((0, $"{expected} (ORLEANS_PACKAGES={told} says so)"), choice);
        Assert.False(File.Exists(Answer));
    }

    [Theory]
    [InlineData("", "the package feed has them")]
    [InlineData("true", "ORLEANS_PACKAGES=true says so")]
    public async Task Choose_Build_IsToldWhy(string told, string reason)
    {
        UseFeed(_feed.Folder);

        const string Build =
            "dotnet msbuild Directory.Build.props $orleans_argument -getProperty:OrleansPackagesReason";
        var (exitCode, output) = await RunAsync($"choose_orleans && {Build}", told);

        Assert.Equal((0, reason), (exitCode, output.Trim()));
    }

    [Fact]
    public async Task Choose_ToldNonsense_IsRefused()
    {
        var (exitCode, output) = await ChooseAsync("yes");

        Assert.Equal(2, exitCode);
        Assert.StartsWith("ORLEANS_PACKAGES is 'yes': it must be true", output);
    }

    private Task<(int ExitCode, string Output)> ChooseAsync(string told = "", int timeoutS = 60) =>
        RunAsync("choose_orleans && describe_orleans", told, timeoutS);

    /// <summary>Runs what the commands run, as another user with an empty cache of packages.</summary>
    private async Task<(int ExitCode, string Output)> RunAsync(string command, string told = "", int timeoutS = 60)
    {
        var prepare = $"source .build/prepare.sh; probe_timeout_s={timeoutS} probe_silence_s=600";
        var start = new ProcessStartInfo("bash", ["-c", $"set -euo pipefail; {prepare}; {command}"])
        {
            WorkingDirectory = _repository,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            Environment =
            {
                ["ORLEANS_PACKAGES"] = told,
                ["OrleansPackagesReason"] = "",
                ["HOME"] = Directory.CreateDirectory(Path.Combine(_folder, "home")).FullName,
                ["NUGET_PACKAGES"] = Path.Combine(_folder, "packages"),
                ["DOTNET_CLI_HOME"] = null,
                ["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false",
            },
        };
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        var errors = process.StandardError.ReadToEndAsync(patience.Token);
        var output = await process.StandardOutput.ReadToEndAsync(patience.Token) + await errors;
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, output);
    }

    /// <summary>Names the feed in a configuration: one above the repository, unless another is given.</summary>
    private void UseFeed(string feed, string? configuration = null)
    {
        var file = configuration ?? Path.Combine(_folder, "user", "NuGet.config");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(
            file,
            $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="feed" value="{feed}" allowInsecureConnections="true" />
              </packageSources>
            </configuration>
            """);
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
