using Microsoft.Extensions.Configuration;

namespace Orleans.TestingHost;

/// <summary>What a <see cref="TestCluster"/> consists of.</summary>
public class TestClusterOptions
{
    public string ClusterId { get; set; } = TestClusterBuilder.CreateClusterId();

    public string ServiceId { get; set; } = Guid.NewGuid().ToString();

    /// <summary>Default: 0; those that a <see cref="TestClusterBuilder"/> makes have 2.</summary>
    public short InitialSilosCount { get; set; }

    /// <summary>Default: true.</summary>
    public bool InitializeClientOnDeploy { get; set; } = true;

    /// <summary>The embedded engine writes no log files of its own either way. Default: true.</summary>
    public bool ConfigureFileLogging { get; set; } = true;

    /// <summary>
    /// Assembly-qualified names of <see cref="ISiloConfigurator"/> and <see cref="IHostConfigurator"/> types.
    /// </summary>
    public List<string> SiloBuilderConfiguratorTypes { get; } = [];

    /// <summary>Assembly-qualified names of <see cref="IClientBuilderConfigurator"/> types.</summary>
    public List<string> ClientBuilderConfiguratorTypes { get; } = [];
}

/// <summary>Sets up a cluster for tests by types, which are made anew for each silo.</summary>
public class TestClusterBuilder
{
    private readonly List<Action<IConfigurationBuilder>> _configuration = [];

    public TestClusterBuilder()
        : this(2)
    {
    }

    public TestClusterBuilder(short initialSilosCount) =>
        Options = new TestClusterOptions { InitialSilosCount = initialSilosCount };

    public TestClusterOptions Options { get; }

    /// <summary>Settings that the hosts' configuration has.</summary>
    public Dictionary<string, string?> Properties { get; } = [];

    public static string CreateClusterId() => $"testcluster-{Guid.NewGuid():N}";

    /// <typeparam name="T">An <see cref="ISiloConfigurator"/>, an <see cref="IHostConfigurator"/>, or both.</typeparam>
    public TestClusterBuilder AddSiloBuilderConfigurator<T>()
        where T : new()
    {
        if (!typeof(T).IsAssignableTo(typeof(ISiloConfigurator))
            && !typeof(T).IsAssignableTo(typeof(IHostConfigurator)))
        {
            throw new ArgumentException(
                $"{typeof(T)} is neither an {nameof(ISiloConfigurator)} nor an {nameof(IHostConfigurator)}.");
        }

        Options.SiloBuilderConfiguratorTypes.Add(typeof(T).AssemblyQualifiedName!);
        return this;
    }

    public TestClusterBuilder AddClientBuilderConfigurator<T>()
        where T : IClientBuilderConfigurator, new()
    {
        Options.ClientBuilderConfiguratorTypes.Add(typeof(T).AssemblyQualifiedName!);
        return this;
    }

    public TestClusterBuilder ConfigureHostConfiguration(Action<IConfigurationBuilder> configureDelegate)
    {
        _configuration.Add(configureDelegate);
        return this;
    }

    public TestCluster Build()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(Properties);
        foreach (var configure in _configuration) configure(configuration);
        return new TestCluster(Options, [.. configuration.Sources]);
    }
}
