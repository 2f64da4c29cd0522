namespace CoffeePayment.Silo.Demo;

/// <summary>The table at the end of a demo.</summary>
public static class DemoReport
{
    private const int WrongShown = 10;

    public static IEnumerable<string> Lines(DemoResult result)
    {
        yield return "";
        yield return $"{"script",-47}{"ends as",-38}{"orders",7}{"so",7}";
        foreach (var script in DemoScript.All)
        {
            var ends = result.Ends.Where(end => end.Order.Script == script).ToList();
            if (ends.Count == 0) continue;

            var reason = script.Ending == DemoEnding.Canceled ? "by reason" : script.Reason;
            var status = Shown(WireNames.Of(script.Status), reason);
            yield return $"{script.Words,-47}{status,-38}{ends.Count,7:N0}{ends.Count(end => end.IsAsScripted),7:N0}";
        }

        yield return "";
        foreach (var group in result.Ends.GroupBy(end => end.Status).OrderBy(group => group.Key))
        {
            var scripted = result.Ends.Count(end => end.Order.Script.Status == group.Key);
            yield return $"{WireNames.Of(group.Key),-14}{group.Count(),7:N0} orders, {scripted:N0} by their scripts";
        }

        foreach (var end in result.Ends.Where(end => !end.IsAsScripted).Take(WrongShown))
        {
            yield return $"{end.Order.Id} is {Shown(WireNames.Of(end.Status), end.Reason)}, not "
                + Shown(WireNames.Of(end.Order.Script.Status), end.Order.Reason);
        }

        yield return "";
        yield return Makes(result);
        var wrong = result.Ends.Count(end => !end.IsAsScripted);
        var which = wrong == 0
            ? $"All {result.Ends.Count:N0} orders ended"
            : $"{wrong:N0} of {result.Ends.Count:N0} orders did not end";
        yield return $"{which} as their scripts say, in {result.Took.TotalSeconds:N0} s.";
    }

    private static string Makes(DemoResult result)
    {
        var paid = result.Ends.Count(end => end.Order.Script.IsPaidInTime);
        var counts = $"Machine commands: {result.Makes.Values.Sum():N0}, for {paid:N0} orders paid in time";
        return result.WrongMakes.Count == 0
            ? $"{counts}: one each, and none for the others."
            : $"{counts}. WRONG for {string.Join(", ", result.WrongMakes.Take(WrongShown).Select(order => order.Id))}.";
    }

    private static string Shown(string status, string? reason) => reason is null ? status : $"{status} ({reason})";
}
