using System.Diagnostics.Metrics;
using CoffeePayment.Ports;
using CoffeePayment.Silo.Storage;
using Microsoft.Extensions.Options;
using Orleans.Runtime.Hosting;

namespace CoffeePayment.Silo.Sqlite;

/// <summary>Puts everything that a single process stores into SQLite.</summary>
public static class SqliteStorageExtensions
{
    /// <summary>
    /// Registers the database and, in it, the indexes and what writes them. The file is opened when something
    /// asks for <see cref="SqliteDatabase"/> for the first time; asking for it before the host starts turns what is
    /// wrong with it into one line (<see cref="SqliteStorageException"/>) instead of a failed grain call. The states of
    /// orders belong into the same database (<see cref="AddSqliteGrainStorage"/>): they keep the due index up to date.
    /// </summary>
    public static IServiceCollection AddSqliteStorage(
        this IServiceCollection services, Action<SqliteOptions>? configure = null)
    {
        services.AddOptions<SqliteOptions>().Configure(options => configure?.Invoke(options))
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(static provider => SqliteDatabase.Open(
            provider.GetRequiredService<IOptions<SqliteOptions>>().Value,
            provider.GetRequiredService<ILogger<SqliteDatabase>>(),
            provider.GetService<IMeterFactory>()));
        services.AddSingleton<IOrderIndexWriter, SqliteOrderIndexWriter>();
        services.AddSingleton<IPendingPaymentIndex, SqlitePendingPaymentIndex>();
        services.AddSingleton<IPaymentReferenceIndex, SqlitePaymentReferenceIndex>();
        services.AddSingleton<IOrderStatusIndex, SqliteOrderStatusIndex>();
        services.AddSingleton<IAttentionIndex, SqliteAttentionIndex>();
        services.AddSingleton<IMachineIndex, SqliteMachineIndex>();
        return services;
    }

    /// <summary>
    /// Stores the states of the provider <paramref name="name"/> in the database of <see cref="AddSqliteStorage"/>, as
    /// JSON (<see cref="JsonGrainStateSerializer"/>).
    /// </summary>
    public static ISiloBuilder AddSqliteGrainStorage(this ISiloBuilder builder, string name)
    {
        builder.Services.AddGrainStorage(name, static (provider, _) => new SqliteGrainStorage(
            provider.GetRequiredService<SqliteDatabase>(), new JsonGrainStateSerializer(OrderJsonContext.Default)));
        return builder;
    }
}
