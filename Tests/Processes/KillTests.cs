namespace CoffeePayment.Tests.Processes;

/// <summary>The service killed by SIGKILL and started again on the same folder (promises P1, P2 and P5).</summary>
public sealed class KillTests() : ServiceOnASandbox("kill")
{
    [Fact]
    public async Task Kill_WhileTheMachineHasTheCommand_EndsInManualMakeWithoutAnotherCommand()
    {
        using var machine = new SilentMachine();
        await Controls.PutPaymentAsync("payment-1", "succeeded");
        await using (var doomed = await StartAsync(("TMETR_HOST", machine.Url)))
        {
            await doomed.Client.RegisterAsync("order-1", "payment-1");
            await machine.WhenCommandedAsync();
            await doomed.KillAsync();
        }

        await using var service = await StartAsync(("TMETR_HOST", machine.Url));
        var order = await service.Client.WhenAsync("order-1", "manual_make");

        Assert.Equal("make_unknown", order.GetProperty("status_reason").GetString());
        Assert.Equal(1, machine.Commands);
    }

    [Fact]
    public async Task Kill_ManyPendingOrders_AreAllCheckedAgainAndEndAsTheyShould()
    {
        const int Orders = 200;
        for (var i = 0; i < Orders; i++) await Controls.PutPaymentAsync($"payment-{i}", "pending");
        await using (var doomed = await StartAsync())
        {
            await Parallel.ForAsync(0, Orders, async (i, _) =>
                await doomed.Client.RegisterAsync($"order-{i}", $"payment-{i}"));
            await doomed.KillAsync();
        }

        for (var i = 0; i < Orders; i++)
            await Controls.PutPaymentAsync($"payment-{i}", i % 2 == 0 ? "succeeded" : "canceled");
        await using var service = await StartAsync();
        var ends = await Task.WhenAll(Enumerable.Range(0, Orders).Select(i => service.Client.WhenAsync(
            $"order-{i}", order => order.GetProperty("status").GetString() is not ("pending" or "paid"))));
        var commands = await Controls.CommandedOrdersAsync();

        Assert.Equal(
            Enumerable.Range(0, Orders).Select(i => i % 2 == 0 ? "make_pending" : "not_paid"),
            ends.Select(order => order.GetProperty("status").GetString()));
        Assert.Equal(
            Enumerable.Range(0, Orders).Where(i => i % 2 == 0).Select(i => $"order-{i}").Order(),
            commands.Order());
    }

    [Fact]
    public async Task Interrupt_OrdersPending_StopsWithinFiveSecondsAndLosesNothing()
    {
        await Controls.PutPaymentAsync("payment-1", "pending");
        int exitCode;
        TimeSpan duration;
        await using (var stopped = await StartAsync())
        {
            await stopped.Client.RegisterAsync("order-1", "payment-1");
            (exitCode, duration) = await stopped.InterruptAsync();
        }

        await Controls.PutPaymentAsync("payment-1", "succeeded");
        await using var service = await StartAsync();
        var order = await service.Client.WhenAsync("order-1", "make_pending");

        Assert.Equal(0, exitCode);
        Assert.InRange(duration, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Equal(1, order.GetProperty("make_attempts").GetInt32());
    }
}
