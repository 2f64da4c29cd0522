return await CoffeePayment.Api.Hosting.ApiProcess.RunAsync(args);
