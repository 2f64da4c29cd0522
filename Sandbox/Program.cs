using System.Runtime.InteropServices;
using CoffeePayment.Sandbox;

try
{
    var options = SandboxArguments.Parse(args);
    options.OnFailure = failure => Console.Error.WriteLine(failure);
    await using var server = await SandboxServer.StartAsync(options);
    Console.WriteLine($"Sandbox on {server.Url} (Ctrl+C stops it)");

    var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
    using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    await stop.Task;
    return 0;

    void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        stop.TrySetResult();
    }
}
catch (Exception e) when (e is ArgumentException or IOException)
{
    Console.Error.WriteLine(e.Message);
    Console.Error.WriteLine(SandboxArguments.Usage);
    return 2;
}
