using CoffeePayment.Engine.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>A silo of a test cluster.</summary>
public abstract class SiloHandle : IDisposable, IAsyncDisposable
{
    public string Name { get; set; } = "";

    public short InstanceNumber { get; set; }

    public SiloAddress SiloAddress { get; set; } = SiloAddress.Zero;

    public SiloAddress GatewayAddress { get; set; } = SiloAddress.Zero;

    public abstract bool IsActive { get; }

    /// <param name="stopGracefully">False: the silo ends as if it had crashed; no grain is told.</param>
    public abstract Task StopSiloAsync(bool stopGracefully);

    public abstract Task StopSiloAsync(CancellationToken ct);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await StopSiloAsync(stopGracefully: true);
        Dispose();
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}

/// <summary>A silo in the process of the test.</summary>
public class InProcessSiloHandle : SiloHandle
{
    private IHost? _host;

    internal InProcessSiloHandle(IHost host)
    {
        _host = host;
        SiloHost = host;
        Silo = host.Services.GetRequiredService<Silo>();
        Name = Silo.Name;
        SiloAddress = Silo.SiloAddress;
        GatewayAddress = Silo.GatewayAddress;
    }

    public IHost SiloHost { get; init; }

    public IServiceProvider ServiceProvider => SiloHost.Services;

    public override bool IsActive => _host is not null;

    internal Silo Silo { get; }

    public override async Task StopSiloAsync(bool stopGracefully)
    {
        if (!stopGracefully) Silo.Kill();
        await StopSiloAsync(new CancellationToken(canceled: !stopGracefully));
    }

    public override async Task StopSiloAsync(CancellationToken ct)
    {
        if (Interlocked.Exchange(ref _host, null) is not { } host) return;
        try
        {
            await host.StopAsync(ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Whoever kills a silo wants it to stop at once, not to hear that it did.
        }

        if (host is IAsyncDisposable disposable) await disposable.DisposeAsync();
        else host.Dispose();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) StopSiloAsync(stopGracefully: true).GetAwaiter().GetResult();
        base.Dispose(disposing);
    }
}
