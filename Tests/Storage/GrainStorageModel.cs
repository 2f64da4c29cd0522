using FsCheck;
using FsCheck.Fluent;
using Orleans.Storage;

namespace CoffeePayment.Tests.Storage;

/// <summary>
/// Lets several holders of a few states read, write and clear them in any sequence, and compares each outcome with that
/// of a dictionary: it goes through exactly when the holder has seen the latest change.
/// </summary>
internal static class GrainStorageModel
{
    private static readonly string[] Keys = ["a", "b"];

    public static void Check(IGrainStorage storage)
    {
        var stored = new Dictionary<string, (string Etag, int Sips)>(StringComparer.Ordinal);
        var holders = NewHolders();
        var pick =
            from key in Gen.Elements(Keys)
            from holder in Gen.Choose(0, 1)
            select (Key: key, Holder: holder);

        var read =
            from place in pick
            select Step(async () =>
            {
                var state = holders[place];
                await storage.ReadStateAsync("cup", IdOf(place.Key), state);
                Assert.Equal(stored.ContainsKey(place.Key), state.RecordExists);
                Assert.Equal(stored.GetValueOrDefault(place.Key).Etag, state.ETag);
                Assert.Equal(stored.GetValueOrDefault(place.Key).Sips, state.State!.Sips);
            });
        var write =
            from place in pick
            from sips in Gen.Choose(1, 100)
            select Step(async () =>
            {
                var state = holders[place];
                var isCurrent = stored.GetValueOrDefault(place.Key).Etag == state.ETag;
                state.State = new CupState { Sips = sips };
                await ExpectAsync(isCurrent, () => storage.WriteStateAsync("cup", IdOf(place.Key), state));
                if (isCurrent)
                    stored[place.Key] = (state.ETag!, sips);
            });
        var clear =
            from place in pick
            select Step(async () =>
            {
                var state = holders[place];
                var isCurrent = stored.GetValueOrDefault(place.Key).Etag == state.ETag;
                await ExpectAsync(isCurrent, () => storage.ClearStateAsync("cup", IdOf(place.Key), state));
                if (isCurrent)
                    stored.Remove(place.Key);
            });

        var steps = Gen.Frequency((2, read), (4, write), (1, clear));
        Prop.ForAll(steps.ListOf().ToArbitrary(), async sequence =>
        {
            foreach (var step in sequence)
                await step();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }

    private static GrainId IdOf(string key) => GrainId.Create("cup", key);

    private static Func<Task> Step(Func<Task> step) => step;

    private static async Task ExpectAsync(bool isCurrent, Func<Task> change)
    {
        if (isCurrent)
            await change();
        else
            await Assert.ThrowsAsync<InconsistentStateException>(change);
    }

    private static Dictionary<(string Key, int Holder), GrainState<CupState>> NewHolders() =>
        (from key in Keys from holder in Enumerable.Range(0, 2) select (key, holder))
        .ToDictionary(place => place, _ => new GrainState<CupState>(new CupState()));
}
