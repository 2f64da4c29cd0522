using Microsoft.Extensions.Hosting;
using Orleans.Hosting;
using ConfigureSiloHost = System.Action<
    Orleans.TestingHost.InProcessTestSiloSpecificOptions, Microsoft.Extensions.Hosting.IHostApplicationBuilder>;

namespace Orleans.TestingHost;

/// <summary>What an <see cref="InProcessTestCluster"/> consists of.</summary>
public sealed class InProcessTestClusterOptions
{
    public string ClusterId { get; set; } = InProcessTestClusterBuilder.CreateClusterId();

    public string ServiceId { get; set; } = Guid.NewGuid().ToString();

    /// <summary>Default: 0; those that a <see cref="InProcessTestClusterBuilder"/> makes have 2.</summary>
    public short InitialSilosCount { get; set; }

    /// <summary>Default: true.</summary>
    public bool InitializeClientOnDeploy { get; set; } = true;

    /// <summary>The embedded engine writes no log files of its own either way. Default: true.</summary>
    public bool ConfigureFileLogging { get; set; } = true;

    public List<ConfigureSiloHost> SiloHostConfigurationDelegates { get; } = [];

    public List<Action<IHostApplicationBuilder>> ClientHostConfigurationDelegates { get; } = [];
}

/// <summary>What one silo of the cluster has for itself.</summary>
public sealed class InProcessTestSiloSpecificOptions
{
    public string SiloName { get; set; } = "";

    public int SiloPort { get; set; }

    public int GatewayPort { get; set; }
}

/// <summary>Sets up a cluster for tests by delegates.</summary>
public sealed class InProcessTestClusterBuilder
{
    public InProcessTestClusterBuilder()
        : this(2)
    {
    }

    public InProcessTestClusterBuilder(short initialSilosCount) =>
        Options = new InProcessTestClusterOptions { InitialSilosCount = initialSilosCount };

    public InProcessTestClusterOptions Options { get; }

    public static string CreateClusterId() => TestClusterBuilder.CreateClusterId();

    public InProcessTestClusterBuilder ConfigureSilo(
        Action<InProcessTestSiloSpecificOptions, ISiloBuilder> configureSiloDelegate) =>
        ConfigureSiloHost((options, host) => host.UseOrleans(silo => configureSiloDelegate(options, silo)));

    public InProcessTestClusterBuilder ConfigureSiloHost(
        Action<InProcessTestSiloSpecificOptions, IHostApplicationBuilder> configureSiloHostDelegate)
    {
        Options.SiloHostConfigurationDelegates.Add(configureSiloHostDelegate);
        return this;
    }

    public InProcessTestClusterBuilder ConfigureClient(Action<IClientBuilder> configureClientDelegate) =>
        ConfigureClientHost(host => configureClientDelegate(new ClientBuilder(host.Services, host.Configuration)));

    public InProcessTestClusterBuilder ConfigureClientHost(Action<IHostApplicationBuilder> configureHostDelegate)
    {
        Options.ClientHostConfigurationDelegates.Add(configureHostDelegate);
        return this;
    }

    /// <summary>For the hosts of silos and client alike.</summary>
    public InProcessTestClusterBuilder ConfigureHost(Action<IHostApplicationBuilder> configureDelegate) =>
        ConfigureSiloHost((_, host) => configureDelegate(host)).ConfigureClientHost(configureDelegate);

    public InProcessTestCluster Build() => new(Options);
}
