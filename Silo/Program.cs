return await CoffeePayment.Silo.Hosting.SiloProcess.RunAsync(args);
