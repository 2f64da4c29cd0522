using CoffeePayment.Bench;
using CoffeePayment.Bench.Options;
using CoffeePayment.Bench.Roles;

// ./bench: what the service costs and how well it keeps the cadence. Every part of it is a process of its own; some of
// them are roles of this program.
try
{
    if (args is ["role", var role, .. var arguments])
    {
        await RoleProgram.RunAsync(role, arguments);
        return 0;
    }

    return await Driver.RunAsync(OptionsReader.Read(args));
}
catch (ArgumentException exception)
{
    Console.Error.WriteLine(exception.Message);
    Console.Error.WriteLine(OptionsReader.Usage);
    return 2;
}
