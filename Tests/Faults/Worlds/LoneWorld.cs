using CoffeePayment.Hosting.Clustering;
using CoffeePayment.Tests.Faults.StandIns;
using CoffeePayment.Tests.Processes;

namespace CoffeePayment.Tests.Faults.Worlds;

/// <summary>One process on SQLite, started again whenever it has ended, as a service manager does.</summary>
internal sealed class LoneWorld : World
{
    private const int Refused = 2;
    private const int Aborted = 128 + 6;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("coffee-faults-");
    private readonly SemaphoreSlim _starting = new(1);
    private ServiceProcess _service = null!;
    private ServiceProcess? _withoutDescriptors;

    private LoneWorld(ProviderStandIn provider, MachineStandIn machine, SmallDisk? disk)
        : base(provider, machine)
    {
        Disk = disk;
        Door = new Uri($"http://127.0.0.1:{FreePort.OfLoopback()}/");
    }

    public override Uri Door { get; }

    /// <summary>The disk that has the database or the log, where that is one that can be filled; else null.</summary>
    public SmallDisk? Disk { get; }

    public ServiceProcess Service => _service;

    /// <summary>The database; where the disk is one that can be filled, it is not to be seen from here.</summary>
    public string DatabasePath => Path.Combine(_folder.FullName, "coffee.db");

    protected override IEnumerable<ServiceProcess> Processes => [_service];

    protected override string LogFolder => _folder.FullName;

    public static Task<LoneWorld> StartAsync() => StartAsync(disk: null);

    public static async Task<LoneWorld> StartAsync(SmallDisk? disk)
    {
        var (provider, machine) = await StartStandInsAsync();
        var world = new LoneWorld(provider, machine, disk);
        try
        {
            world._service = world.Launch();
            await world._service.BecomeReadyAsync();
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    /// <summary>SIGKILL, and a new process at once, or when something is done to what it left.</summary>
    public async Task KillAsync(Action? whileDown = null)
    {
        await _starting.WaitAsync();
        try
        {
            if (_service.HasExited) await NoteEndAsync(_service, MayEnd);
            else await _service.KillAsync();

            whileDown?.Invoke();
            await ReplaceAsync();
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>Until the limit is disposed of, the process can open nothing more.</summary>
    public DescriptorLimit ExhaustDescriptors()
    {
        _withoutDescriptors = _service;
        return DescriptorLimit.Exhaust(_service.Id);
    }

    public override async Task TendAsync()
    {
        await _starting.WaitAsync();
        try
        {
            await base.TendAsync();
            if (!_service.HasExited) return;

            await NoteEndAsync(_service, MayEnd);
            await ReplaceAsync();
        }
        finally
        {
            _starting.Release();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (_service is not null) await _service.DisposeAsync();
        await base.DisposeAsync();
        _starting.Dispose();
        _folder.Delete(recursive: true);
        if (Disk is not null) await Disk.DisposeAsync();
    }

    // To refuse the start in one line is what a process does that cannot work now. A runtime that wants one more thread
    // and cannot open what that takes aborts the process, whatever runs on it. Anything else is a crash.
    private bool MayEnd(ServiceProcess service) =>
        (service.ExitCode == Refused && service.Output.Trim().Split('\n').Length == 1)
        || (service == _withoutDescriptors && service.ExitCode == Aborted
            && service.Output.Split('\n').Contains("Out of memory."));

    private async Task ReplaceAsync()
    {
        await _service.DisposeAsync();
        _service = Launch();
    }

    private ServiceProcess Launch()
    {
        var service = ServiceProcess.Launch(
            Door,
            Disk?.Command ?? [],
            [
                .. Settings,
                ("DATA_DIR", Disk?.DataFolder ?? _folder.FullName),
                ("LOG_FILE", Path.Combine(Disk?.LogFolder ?? _folder.FullName, "service.log")),
            ]);
        service.MayEnd = true; // How it ended is noted here.
        return service;
    }
}
