using CoffeePayment.Engine.Activations;
using CoffeePayment.Engine.Hosting;
using Orleans;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Management;

[GrainType("sys.management")]
internal sealed class ManagementGrain : Grain, IManagementGrain
{
    private Silo Silo => ((Activation)GrainContext).Silo;

    public Task<Dictionary<SiloAddress, SiloStatus>> GetHosts(bool onlyActive) =>
        Task.FromResult(Entries(onlyActive).ToDictionary(entry => entry.SiloAddress, entry => entry.Status));

    public Task<MembershipEntry[]> GetDetailedHosts(bool onlyActive) => Task.FromResult(Entries(onlyActive).ToArray());

    public Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics() => GetSimpleGrainStatistics([]);

    public async Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics(SiloAddress[] hostsIds) =>
        [.. (await Ask<WhichCounts, SimpleGrainStatistic[]>(hostsIds, default)).SelectMany(counts => counts)];

    public async Task<DetailedGrainStatistic[]> GetDetailedGrainStatistics(string[]? types, SiloAddress[]? hostsIds) =>
    [
        .. (await Ask<WhichGrains, DetailedGrainStatistic[]>(hostsIds, new WhichGrains(types, null)))
            .SelectMany(grains => grains),
    ];

    public async Task<int> GetTotalActivationCount() =>
        (await GetSimpleGrainStatistics()).Sum(count => count.ActivationCount);

    public async ValueTask<List<GrainId>> GetActiveGrains(GrainType type) =>
        [.. (await GetDetailedGrainStatistics(null, null)).Select(grain => grain.GrainId).Where(id => id.Type == type)];

    public async ValueTask<SiloAddress?> GetActivationAddress(IAddressable reference)
    {
        var grains = await Ask<WhichGrains, DetailedGrainStatistic[]>(
            [], new WhichGrains(null, reference.GetGrainId()));
        return grains.SelectMany(grain => grain).FirstOrDefault()?.SiloAddress;
    }

    public Task ForceActivationCollection(TimeSpan ageLimit) => ForceActivationCollection([], ageLimit);

    public Task ForceActivationCollection(SiloAddress[] hostsIds, TimeSpan ageLimit) =>
        Ask<CollectGrains, bool>(hostsIds, new CollectGrains(ageLimit));

    public Task ForceGarbageCollection(SiloAddress[] hostsIds) => Ask<CollectGarbage, bool>(hostsIds, default);

    private Task<List<TAnswer>> Ask<TQuestion, TAnswer>(SiloAddress[]? hostsIds, TQuestion question) =>
        Silo.Management.AskAllAsync<TQuestion, TAnswer>(hostsIds, question);

    private IEnumerable<MembershipEntry> Entries(bool onlyActive) =>
        Silo.View.Members.Values.Where(entry => !onlyActive || entry.Status == SiloStatus.Active);
}
