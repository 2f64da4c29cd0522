using CoffeePayment.Engine.Scheduling;

namespace CoffeePayment.Tests.Engine.Internals;

public sealed class WorkQueueTests
{
    [Fact]
    public void Add_Asleep_SaysThatSomebodyMustBeWokenOnce()
    {
        var queue = default(WorkQueue);

        bool[] wakes = [queue.Add("one"), queue.Add("two"), queue.Add("three")];

        Assert.Equal([true, false, false], wakes);
    }

    [Fact]
    public void Take_ItemsAddedBeforeAndMeanwhile_ComeInOrderOfAdding()
    {
        var queue = default(WorkQueue);
        foreach (var item in new[] { "one", "two", "three" }) queue.Add(item);

        var taken = new List<object?> { queue.Take(), queue.Take() };
        queue.Add("four");
        queue.Add("five");
        for (var i = 0; i < 4; i++) taken.Add(queue.Take());

        Assert.Equal(["one", "two", "three", "four", "five", null], taken);
    }

    [Fact]
    public void Take_NothingIsLeft_SleepsUntilTheNextItem()
    {
        var queue = default(WorkQueue);
        queue.Add("one");
        queue.Take();

        var addedWhileAwake = queue.Add("two");
        queue.Take();
        var nothing = queue.Take();
        var addedWhileAsleep = queue.Add("three");

        Assert.Null(nothing);
        Assert.Equal((false, true), (addedWhileAwake, addedWhileAsleep));
    }

    [Fact]
    public void Items_SomeTakenAndSomeNew_AreThoseThatWait()
    {
        var queue = default(WorkQueue);
        foreach (var item in new[] { "one", "two", "three" }) queue.Add(item);
        queue.Take();
        queue.Add("four");

        var items = queue.Items();

        Assert.Equal(["two", "three", "four"], items);
    }

    [Fact]
    public async Task Take_ManyThreadsAdd_EachOnesItemsComeOnceAndInItsOrder()
    {
        const int Threads = 4;
        const int ItemsEach = 50_000;
        var queue = new Shared();
        var taken = Enumerable.Range(0, Threads).Select(_ => new List<int>()).ToArray();

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            for (var number = 0; number < ItemsEach; number++)
            {
                if (queue.Value.Add((thread, number))) TakeAll();
            }
        })));

        var expected = Enumerable.Range(0, ItemsEach).ToArray();
        Assert.All(taken, numbers => Assert.Equal(expected, numbers));

        void TakeAll()
        {
            while (queue.Value.Take() is (int thread, int number)) taken[thread].Add(number);
        }
    }

    private sealed class Shared
    {
        public WorkQueue Value;
    }
}
