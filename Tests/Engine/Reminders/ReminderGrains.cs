using System.Globalization;

namespace CoffeePayment.Tests.Engine;

[Alias("conformance.IReminderGrain")]
public interface IReminderGrain : IGrainWithStringKey
{
    [Alias("Register")]
    Task<string> RegisterAsync(string name, TimeSpan dueTime, TimeSpan period);

    /// <summary>Whether there was one to unregister.</summary>
    [Alias("Unregister")]
    Task<bool> UnregisterAsync(string name);

    /// <summary>The names of the grain's reminders, in order.</summary>
    [Alias("GetNames")]
    Task<List<string>> GetNamesAsync();

    [Alias("Exists")]
    Task<bool> ExistsAsync(string name);

    [Alias("Deactivate")]
    Task DeactivateAsync();

    /// <summary>The next tick throws.</summary>
    [Alias("FailTick")]
    Task FailTickAsync();

    [Alias("Flush")]
    Task FlushAsync();
}

[Alias("conformance.IUnremindableGrain")]
public interface IUnremindableGrain : IGrainWithStringKey
{
    [Alias("Register")]
    Task RegisterAsync(string name, TimeSpan dueTime, TimeSpan period);
}

/// <summary>Reports its reminders under its key, as <see cref="Tick"/> writes them.</summary>
public sealed class ReminderGrain(Probe probe) : Grain, IReminderGrain, IRemindable
{
    private bool _fails;

    private string Key => this.GetPrimaryKeyString();

    public static string Tick(string name, DateTimeOffset first, TimeSpan period, DateTimeOffset now) =>
        string.Create(
            CultureInfo.InvariantCulture, $"{name}: first {first.UtcTicks}, period {period.Ticks}, now {now.UtcTicks}");

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        probe.Report(Key + "/activations", "activated");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Report(Key + "/activations", "deactivated");
        return Task.CompletedTask;
    }

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        probe.Report(Key, Tick(reminderName, Utc(status.FirstTickTime), status.Period, Utc(status.CurrentTickTime)));
        if (!_fails)
            return Task.CompletedTask;

        _fails = false;
        throw new InvalidOperationException("This tick fails.");
    }

    public async Task<string> RegisterAsync(string name, TimeSpan dueTime, TimeSpan period) =>
        (await this.RegisterOrUpdateReminder(name, dueTime, period)).ReminderName;

    public async Task<bool> UnregisterAsync(string name)
    {
        if (await this.GetReminder(name) is not { } reminder)
            return false;

        await this.UnregisterReminder(reminder);
        return true;
    }

    public async Task<List<string>> GetNamesAsync() =>
        [.. (await this.GetReminders()).Select(reminder => reminder.ReminderName).Order(StringComparer.Ordinal)];

    public async Task<bool> ExistsAsync(string name) => await this.GetReminder(name) is not null;

    public Task DeactivateAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task FailTickAsync()
    {
        _fails = true;
        return Task.CompletedTask;
    }

    public Task FlushAsync() => Task.CompletedTask;

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));
}

public sealed class UnremindableGrain : Grain, IUnremindableGrain
{
    public Task RegisterAsync(string name, TimeSpan dueTime, TimeSpan period) =>
        this.RegisterOrUpdateReminder(name, dueTime, period);
}
