using CoffeePayment.Engine.Activations;
using CoffeePayment.Engine.Hosting;
using Orleans;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Management;

/// <summary>What the management grain asks each silo for.</summary>
internal sealed class LocalManagement
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);

    private readonly Silo _silo;

    public LocalManagement(Silo silo)
    {
        _silo = silo;
        silo.Questions.Answer<WhichGrains, DetailedGrainStatistic[]>((_, question) => new(List(question)));
        silo.Questions.Answer<WhichCounts, SimpleGrainStatistic[]>((_, _) => new(Count()));
        silo.Questions.Answer<CollectGrains, bool>(async (_, question) =>
        {
            await silo.Catalog.CollectAsync(question.Age);
            return true;
        });
        silo.Questions.Answer<CollectGarbage, bool>((_, _) =>
        {
            GC.Collect();
            return new(result: true);
        });
    }

    private IEnumerable<Activation> Active => _silo.Catalog.All.Where(activation => activation.IsActive);

    /// <summary>Asks all active silos, or those of them given. One that is lost meanwhile is left out.</summary>
    public async Task<List<TAnswer>> AskAllAsync<TQuestion, TAnswer>(SiloAddress[]? silos, TQuestion question)
    {
        var asked = _silo.View.Active.Where(silo => silos is null or [] || silos.Contains(silo));
        var answers = await Task.WhenAll(asked.Select(silo => TryAskAsync<TQuestion, TAnswer>(silo, question)));
        return [.. answers.Where(answer => answer is not null).Select(answer => answer!)];
    }

    private async Task<TAnswer?> TryAskAsync<TQuestion, TAnswer>(SiloAddress silo, TQuestion question)
    {
        try
        {
            return await _silo.Questions.AskAsync<TQuestion, TAnswer>(silo, question, AnswerTimeout);
        }
        catch (SiloUnavailableException)
        {
            return default;
        }
    }

    private DetailedGrainStatistic[] List(WhichGrains question) =>
    [
        .. Active.Where(activation => question.Classes is not { } classes
                || classes.Contains(activation.Class.Type.FullName!, StringComparer.Ordinal))
            .Where(activation => question.Grain is not { } grain || activation.GrainId == grain)
            .Select(activation => new DetailedGrainStatistic
            {
                GrainType = activation.Class.Type.FullName!,
                SiloAddress = _silo.SiloAddress,
                GrainId = activation.GrainId,
            }),
    ];

    private SimpleGrainStatistic[] Count() =>
    [
        .. _silo.Classes.All
            .Where(grainClass => grainClass.ActiveCount > 0)
            .Select(grainClass => new SimpleGrainStatistic
            {
                GrainType = grainClass.Type.FullName!,
                SiloAddress = _silo.SiloAddress,
                ActivationCount = (int)grainClass.ActiveCount,
            }),
    ];
}

/// <summary>Which grains are active?</summary>
/// <param name="Classes">Full names of the classes that are meant; null: all.</param>
/// <param name="Grain">The one grain that is meant; null: all.</param>
[GenerateSerializer, Immutable, Alias("CoffeePayment.WhichGrains")]
internal sealed record WhichGrains([property: Id(0)] string[]? Classes, [property: Id(1)] GrainId? Grain);

/// <summary>How many grains are active, by class?</summary>
[GenerateSerializer, Immutable, Alias("CoffeePayment.WhichCounts")]
internal readonly record struct WhichCounts;

/// <summary>End those that have not been used for that long.</summary>
[GenerateSerializer, Immutable, Alias("CoffeePayment.CollectGrains")]
internal readonly record struct CollectGrains([property: Id(0)] TimeSpan Age);

/// <summary>Collect what no object refers to.</summary>
[GenerateSerializer, Immutable, Alias("CoffeePayment.CollectGarbage")]
internal readonly record struct CollectGarbage;
