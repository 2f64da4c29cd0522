return await CoffeePayment.Silo.CommandLine.CommandTree.RunAsync(args);
