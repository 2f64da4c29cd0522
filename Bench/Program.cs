using CoffeePayment.Bench;

// ./bench: what one silo on SQLite costs, and how well it keeps the cadence, against the sandbox in another process.
try
{
    var options = BenchOptions.Parse(args);
    var figures = await CadenceBenchmark.RunAsync(options);
    FigureTable.Print(Console.Out, figures);
    return 0;
}
catch (ArgumentException exception)
{
    Console.Error.WriteLine(exception.Message);
    Console.Error.WriteLine(BenchOptions.Usage);
    return 2;
}
