namespace CoffeePayment.Tests.Engine;

/// <summary>Gives away what it could change, and changes it.</summary>
[Alias("conformance.IGiverGrain")]
public interface IGiverGrain : IGrainWithStringKey
{
    /// <summary>Sends a box, changes everything in it after the call, and reads what the keeper has.</summary>
    [Alias("GiveAndChange")]
    Task<Box> GiveAndChangeAsync(string keeperKey);

    /// <summary>Takes the keeper's box, changes everything in it, and reads what the keeper has.</summary>
    [Alias("TakeAndChange")]
    Task<Box> TakeAndChangeAsync(string keeperKey);

    /// <summary>Whether an immutable value comes back as the very instance that was sent.</summary>
    [Alias("ImmutableIsShared")]
    Task<bool> ImmutableIsSharedAsync(string keeperKey);

    /// <summary>Whether a mutable value comes back as another instance.</summary>
    [Alias("MutableIsCopied")]
    Task<bool> MutableIsCopiedAsync(string keeperKey);
}

[Alias("conformance.IKeeperGrain")]
public interface IKeeperGrain : IGrainWithStringKey
{
    [Alias("Keep")]
    Task KeepAsync(Box box);

    [Alias("GetBox")]
    Task<Box> GetBoxAsync();

    [Alias("EchoPaper")]
    Task<Paper> EchoPaperAsync(Paper paper);

    [Alias("EchoBox")]
    Task<Box> EchoBoxAsync(Box box);

    [Alias("AreTheSame")]
    Task<bool> AreTheSameAsync(Twins twins);
}

/// <summary>Everything in it can change.</summary>
[GenerateSerializer, Alias("conformance.Box")]
public sealed class Box
{
    [Id(0)]
    public string Label { get; set; } = "";

    [Id(1)]
    public List<string> Items { get; set; } = [];

    [Id(2)]
    public int[] Numbers { get; set; } = [];

    [Id(3)]
    public Dictionary<string, List<int>> Shelves { get; set; } = [];

    [Id(4)]
    public Box? Inner { get; set; }

    public static Box Full() => new()
    {
        Label = "box",
        Items = ["a", "b"],
        Numbers = [1, 2],
        Shelves = new() { ["top"] = [1] },
        Inner = new Box { Label = "inner", Items = ["c"] },
    };

    public void ChangeEverything()
    {
        Label = "changed";
        Items.Add("changed");
        Numbers[0] = -1;
        Shelves["top"].Add(-1);
        Shelves["bottom"] = [];
        Inner!.Label = "changed";
        Inner.Items.Clear();
    }

    /// <summary>All of it, as text.</summary>
    public string Describe() =>
        $"{Label} [{string.Join(' ', Items)}] [{string.Join(' ', Numbers)}] [{DescribeShelves()}] "
            + $"({Inner?.Describe()})";

    private string DescribeShelves() =>
        string.Join(' ', Shelves.Select(shelf => $"{shelf.Key}={string.Join('+', shelf.Value)}"));
}

/// <summary>Nothing in it ever changes.</summary>
[GenerateSerializer, Immutable, Alias("conformance.Paper")]
public sealed record Paper([property: Id(0)] string Text, [property: Id(1)] string[] Lines);

/// <summary>Two names for what may be one thing.</summary>
[GenerateSerializer, Alias("conformance.Twins")]
public sealed class Twins
{
    [Id(0)]
    public Box? Left { get; set; }

    [Id(1)]
    public Box? Right { get; set; }
}

public sealed class GiverGrain : Grain, IGiverGrain
{
    public async Task<Box> GiveAndChangeAsync(string keeperKey)
    {
        var keeper = GrainFactory.GetGrain<IKeeperGrain>(keeperKey);
        var box = Box.Full();
        await keeper.KeepAsync(box);
        box.ChangeEverything();
        return await keeper.GetBoxAsync();
    }

    public async Task<Box> TakeAndChangeAsync(string keeperKey)
    {
        var keeper = GrainFactory.GetGrain<IKeeperGrain>(keeperKey);
        await keeper.KeepAsync(Box.Full());
        var box = await keeper.GetBoxAsync();
        box.ChangeEverything();
        return await keeper.GetBoxAsync();
    }

    public async Task<bool> ImmutableIsSharedAsync(string keeperKey)
    {
        var paper = new Paper("paper", ["line"]);
        var echo = await GrainFactory.GetGrain<IKeeperGrain>(keeperKey).EchoPaperAsync(paper);
        return ReferenceEquals(paper, echo);
    }

    public async Task<bool> MutableIsCopiedAsync(string keeperKey)
    {
        var box = Box.Full();
        var echo = await GrainFactory.GetGrain<IKeeperGrain>(keeperKey).EchoBoxAsync(box);
        return !ReferenceEquals(box, echo);
    }
}

public sealed class KeeperGrain : Grain, IKeeperGrain
{
    private Box _box = new();

    public Task KeepAsync(Box box)
    {
        _box = box;
        return Task.CompletedTask;
    }

    public Task<Box> GetBoxAsync() => Task.FromResult(_box);

    public Task<Paper> EchoPaperAsync(Paper paper) => Task.FromResult(paper);

    public Task<Box> EchoBoxAsync(Box box) => Task.FromResult(box);

    public Task<bool> AreTheSameAsync(Twins twins) => Task.FromResult(ReferenceEquals(twins.Left, twins.Right));
}
