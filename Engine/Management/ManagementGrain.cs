using CoffeePayment.Engine.Activations;
using CoffeePayment.Engine.Hosting;
using Orleans;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Management;

[GrainType("sys.management")]
internal sealed class ManagementGrain : Grain, IManagementGrain
{
    private Silo Silo => ((Activation)GrainContext).Silo;

    private IEnumerable<Activation> Active => Silo.Catalog.All.Where(activation => activation.IsActive);

    public Task<Dictionary<SiloAddress, SiloStatus>> GetHosts(bool onlyActive) =>
        Task.FromResult(new Dictionary<SiloAddress, SiloStatus> { [Silo.SiloAddress] = Silo.Status });

    public Task<MembershipEntry[]> GetDetailedHosts(bool onlyActive) => Task.FromResult<MembershipEntry[]>(
    [
        new MembershipEntry
        {
            SiloAddress = Silo.SiloAddress,
            Status = Silo.Status,
            ProxyPort = Silo.GatewayAddress.Endpoint.Port,
            HostName = Silo.DnsHostName,
            SiloName = Silo.Name,
            RoleName = "Silo",
            StartTime = Silo.StartedAt.UtcDateTime,
            IAmAliveTime = Silo.Clock.Provider.GetUtcNow().UtcDateTime,
        },
    ]);

    public Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics() => Task.FromResult<SimpleGrainStatistic[]>(
    [
        .. Active.GroupBy(activation => activation.Class).Select(group => new SimpleGrainStatistic
        {
            GrainType = group.Key.Type.FullName!,
            SiloAddress = Silo.SiloAddress,
            ActivationCount = group.Count(),
        }),
    ]);

    public Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics(SiloAddress[] hostsIds) =>
        IsMeant(hostsIds) ? GetSimpleGrainStatistics() : Task.FromResult<SimpleGrainStatistic[]>([]);

    public Task<DetailedGrainStatistic[]> GetDetailedGrainStatistics(string[]? types, SiloAddress[]? hostsIds) =>
        Task.FromResult<DetailedGrainStatistic[]>(
        [
            .. Active.Where(activation => IsMeant(hostsIds))
                .Where(activation => types is null || types.Contains(activation.Class.Type.FullName))
                .Select(activation => new DetailedGrainStatistic
                {
                    GrainType = activation.Class.Type.FullName!,
                    SiloAddress = Silo.SiloAddress,
                    GrainId = activation.GrainId,
                }),
        ]);

    public Task<int> GetTotalActivationCount() => Task.FromResult(Active.Count());

    public ValueTask<List<GrainId>> GetActiveGrains(GrainType type) =>
        new(Active.Select(activation => activation.GrainId).Where(grainId => grainId.Type == type).ToList());

    public ValueTask<SiloAddress?> GetActivationAddress(IAddressable reference) =>
        new(Silo.Catalog.Find(reference.GetGrainId()) is { IsActive: true } ? Silo.SiloAddress : null);

    public Task ForceActivationCollection(TimeSpan ageLimit) => Silo.Catalog.CollectAsync(ageLimit);

    public Task ForceActivationCollection(SiloAddress[] hostsIds, TimeSpan ageLimit) =>
        IsMeant(hostsIds) ? ForceActivationCollection(ageLimit) : Task.CompletedTask;

    public Task ForceGarbageCollection(SiloAddress[] hostsIds)
    {
        if (IsMeant(hostsIds)) GC.Collect();
        return Task.CompletedTask;
    }

    private bool IsMeant(SiloAddress[]? hostsIds) => hostsIds is null or [] || hostsIds.Contains(Silo.SiloAddress);
}
