namespace CoffeePayment.Tests.Support;

/// <summary>The order of the indexes in memory: by time, then by id, byte by byte.</summary>
internal static class TimeThenId
{
    public static IComparer<(long Time, string Id)> Comparer { get; } =
        Comparer<(long Time, string Id)>.Create(static (left, right) =>
            left.Time != right.Time ? left.Time.CompareTo(right.Time) : string.CompareOrdinal(left.Id, right.Id));

    /// <summary>What lies below the bound, highest first.</summary>
    public static IEnumerable<(long Time, string Id)> Below(
        this SortedSet<(long Time, string Id)> set, (long Time, string Id) bound)
    {
        var view = set.GetViewBetween((long.MinValue, ""), bound);
        return view.Reverse().Where(entry => entry != bound);
    }

    /// <summary>What lies above the bound, lowest first.</summary>
    public static IEnumerable<(long Time, string Id)> Above(
        this SortedSet<(long Time, string Id)> set, (long Time, string Id) bound)
    {
        var view = set.GetViewBetween(bound, (long.MaxValue, ""));
        return view.Where(entry => entry != bound);
    }

    public static (long Time, string Id) Lower((long Time, string Id) left, (long Time, string Id) right) =>
        Comparer.Compare(left, right) < 0 ? left : right;

    public static (long Time, string Id) Higher((long Time, string Id) left, (long Time, string Id) right) =>
        Comparer.Compare(left, right) < 0 ? right : left;
}
