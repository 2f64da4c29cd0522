using System.Diagnostics.Metrics;
using CoffeePayment.Orders;
using CoffeePayment.Ports;
using CoffeePayment.Silo.Sqlite;
using Microsoft.Extensions.Options;
using Orleans.Storage;

namespace CoffeePayment.Tests.Storage.Sqlite;

/// <summary>What a host gets by <c>AddSqliteStorage</c> and <c>AddSqliteGrainStorage</c>.</summary>
public sealed class SqliteRegistrationTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("coffee-sqlite-");
    private readonly ServiceProvider _services;

    public SqliteRegistrationTests()
    {
        var services = new ServiceCollection().AddLogging().AddMetrics();
        services.AddSqliteStorage(options => options.Directory = _folder.FullName);
        new SiloBuilder(services, new ConfigurationManager()).AddSqliteGrainStorage("orders");
        _services = services.BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Storage_OfAHost_StoresOrdersAndIndexesInOneFile()
    {
        var storage = _services.GetRequiredKeyedService<IGrainStorage>("orders");
        var state = new GrainState<PaymentOrder>(new PaymentOrder { Registration = Registration });

        await storage.WriteStateAsync("order", GrainId.Create("pendingpayment", "order-1"), state);
        await _services.GetRequiredService<IOrderIndexWriter>().EnlistAsync(
            new OrderOrigin("payment-1", "machine-1", Noon),
            new OrderIndexEntry("order-1", OrderStatus.Pending, Noon, DueAt: Noon));
        await _services.DisposeAsync();

        using var database = SqliteDatabase.Open(new SqliteOptions { Directory = _folder.FullName });
        Assert.Equal(1, database.Counts.Pending);
        Assert.Equal(1, database.Counts.InStatus(OrderStatus.Pending));
        Assert.Equal("order-1", await new SqlitePaymentReferenceIndex(database).FindAsync("payment-1"));
        var read = new GrainState<PaymentOrder>();
        await new SqliteGrainStorage(database, new(Silo.Storage.OrderJsonContext.Default))
            .ReadStateAsync("order", GrainId.Create("pendingpayment", "order-1"), read);
        Assert.Equal(Registration, read.State!.Registration);
    }

    [Fact]
    public async Task Meter_OfAHost_TellsOfEachCommit()
    {
        var commits = new List<int>();
        var meters = _services.GetRequiredService<IMeterFactory>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            // Other tests publish instruments meanwhile, and after the services of this one are gone.
            if (instrument.Meter.Scope == meters
                && instrument.Name == "coffee.sqlite.commit.writes")
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((_, writes, _, _) => commits.Add(writes));
        listener.Start();
        var database = _services.GetRequiredService<SqliteDatabase>();
        var writer = new SqliteOrderIndexWriter(database);

        using (var held = new HeldWriter(database))
        {
            var writes = Enumerable.Range(0, 3)
                .Select(n => writer.ScheduleAsync($"order-{n}", Noon).AsTask()).ToList();
            held.Release();
            await Task.WhenAll(writes);
        }

        await _services.DisposeAsync();
        Assert.Equal([1, 3], commits);
    }

    [Theory]
    [InlineData(nameof(SqliteOptions.QueueCapacity))]
    [InlineData(nameof(SqliteOptions.WriteTimeout))]
    [InlineData(nameof(SqliteOptions.CommitInterval))]
    [InlineData(nameof(SqliteOptions.PatientCommitInterval))]
    [InlineData(nameof(SqliteOptions.Directory))]
    public void Options_OutOfRange_AreRefusedByName(string name)
    {
        using var services = new ServiceCollection().AddLogging().AddSqliteStorage(options =>
        {
            var property = typeof(SqliteOptions).GetProperty(name)!;
            property.SetValue(options, property.PropertyType == typeof(int) ? 0
                : property.PropertyType == typeof(TimeSpan) ? TimeSpan.FromTicks(-1)
                : "");
        }).BuildServiceProvider();

        var refusal = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<SqliteDatabase>());

        Assert.Contains(name, Assert.Single(refusal.Failures));
    }

    private static OrderRegistration Registration => new()
    {
        Id = "order-1",
        MerchantId = "default",
        PaymentScenario = PaymentScenario.Yookassa,
        PaymentReferenceId = "payment-1",
        DeviceUuid = "machine-1",
        DrinkNumber = "7",
        Size = DrinkSize.Small,
        Price = new Money(15000, "RUB"),
    };

    private sealed record SiloBuilder(IServiceCollection Services, IConfiguration Configuration) : ISiloBuilder;
}
