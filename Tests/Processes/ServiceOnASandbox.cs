using CoffeePayment.Sandbox;

namespace CoffeePayment.Tests.Processes;

/// <summary>A folder for the service's database, and a sandbox that is its provider and its machine.</summary>
public abstract class ServiceOnASandbox(string name) : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory($"coffee-{name}-");
    private SandboxServer? _sandbox;

    protected SandboxControls Controls { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync(new SandboxOptions { Url = "http://127.0.0.1:0" });
        Controls = new SandboxControls(_sandbox.Url);
    }

    public async Task DisposeAsync()
    {
        Controls.Dispose();
        if (_sandbox is not null) await _sandbox.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>Starts the service on the folder; what was there before is there still.</summary>
    protected Task<ServiceProcess> StartAsync(params (string Name, string Value)[] settings) =>
        ServiceProcess.StartAsync([.. Controls.Settings(_folder.FullName), .. settings]);
}
