using System.Net;
using System.Net.Sockets;
using CoffeePayment.Hosting.Clustering;

namespace CoffeePayment.Tests.CommandLine;

/// <summary>The commands where no service answers, or something else, or the service with a status.</summary>
public sealed class ServiceOutOfReachTests
{
    [Fact]
    public async Task Command_NobodyListens_EndsWith3AndOneLine()
    {
        var port = FreePort.OfLoopback();

        var run = await CommandRun.OfAsync("ping", "--url", $"http://127.0.0.1:{port}");

        Assert.Equal((3, ""), (run.ExitCode, run.Output));
        Assert.Equal(
            $"http://127.0.0.1:{port}/ cannot be reached: nobody listens there. Is the service running, and is --url "
                + "right?\n",
            run.Error);
    }

    [Fact]
    public async Task Command_NobodyAnswers_EndsWith3AfterTheTimeout()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = $"http://{listener.LocalEndpoint}";

        var run = await CommandRun.OfAsync("inspect", "stats", "--url", url, "--timeout", "0.2");

        Assert.Equal((3, $"{url}/ did not answer within 0.2 s.\n"), (run.ExitCode, run.Error));
    }

    [Theory]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("127.0.0.1:5080")]
    [InlineData("http://user:secret@127.0.0.1")]
    public async Task Command_UrlThatIsNone_EndsWith2(string url)
    {
        var run = await CommandRun.OfAsync("ping", "--url", url);

        Assert.Equal((2, $"--url is '{url}': it must be http://host:port.\n"), (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task Command_SomethingElseAnswers_EndsWith3()
    {
        await using var other = await OtherServer.StartAsync(
            context => context.Response.WriteAsync("<html>hello</html>"));

        var run = await CommandRun.OfAsync("inspect", "stats", "--url", other.Url);

        Assert.Equal(
            (3, "The answer is not one of CoffeePayment's: is --url right?\n"), (run.ExitCode, run.Error));
    }

    [Theory]
    [InlineData(401, 4)]
    [InlineData(403, 4)]
    [InlineData(429, 5)]
    [InlineData(500, 5)]
    [InlineData(422, 1)]
    [InlineData(302, 3)]
    public async Task Command_AnsweredWithAStatus_EndsWithItsCode(int status, int exitCode)
    {
        await using var other = await OtherServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });

        var run = await CommandRun.OfAsync("inspect", "stats", "--url", other.Url);

        Assert.Equal(
            (exitCode, $"The service answered with status {status}.\n"), (run.ExitCode, run.Error));
    }
}
