using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CoffeePayment.Tests.Sandbox;

public sealed class HostileInputTests
{
    public static TheoryData<string> Bodies => new(
        "", " ", "{", "[]", "null", "1", "\"text\"", "{\"amount\":null}", "{\"amount\":[]}", "{\"amount\":{}}",
        "{\"amount\":{\"value\":\"\\ud800\",\"currency\":\"RUB\"}}",
        "{\"\\ud800\":1}",
        "{\"status\":\"\\udc00\"}",
        "{\"status\":\"succeeded\",\"status\":\"canceled\"}",
        "{\"amount\":{\"value\":\"1.00\",\"currency\":\"RUB\",\"currency\":\"USD\"}}",
        "{\"price\":1e400,\"after_s\":1e400,\"latency_ms\":1e400}",
        new string('[', 5_000),
        "{\"metadata\":{\"a\":" + string.Concat(Enumerable.Repeat("{\"a\":", 200)) + "1",
        "{\"description\":\"" + new string('x', 60_000) + "\"}",
        "\u0000");

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task EveryCall_MalformedBody_IsRefusedAndNever500(string body)
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        (HttpMethod Method, string Path)[] calls =
        [
            (HttpMethod.Post, "/v3/payments"),
            (HttpMethod.Post, "/v3/payments/p1/capture"),
            (HttpMethod.Post, "/v3/refunds"),
            (HttpMethod.Put, "/sandbox/payments/p1"),
            (HttpMethod.Put, "/sandbox/faults"),
        ];

        foreach (var (method, path) in calls)
        {
            var answer = await sandbox.SendAsync(method, path, Json(Encoding.UTF8.GetBytes(body)), key: "k");

            Assert.InRange((int)answer.Status, 400, 422);
        }
    }

    [Fact]
    public async Task EveryCall_InvalidUtf8_IsRefused()
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        byte[] body = [.. "{\"status\":\""u8, 0xC3, 0x28, .. "\"}"u8];

        var provider = await sandbox.SendAsync(HttpMethod.Post, "/v3/payments", Json(body), key: "k");
        var control = await sandbox.SendAsync(HttpMethod.Put, "/sandbox/payments/p1", Json(body));

        Assert.Equal(HttpStatusCode.BadRequest, provider.Status);
        Assert.Equal(HttpStatusCode.BadRequest, control.Status);
    }

    [Theory]
    [InlineData("POST", "/v3/payments")]
    [InlineData("PUT", "/sandbox/payments/p1")]
    public async Task EveryCall_BodyBeyond64KiB_Answers413(string method, string path)
    {
        await using var sandbox = await SandboxHarness.StartAsync();

        var answer = await sandbox.SendAsync(new HttpMethod(method), path, Json(new byte[64 * 1024 + 1]), key: "k");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.Status);
    }

    [Theory]
    [InlineData("DELETE", "/v3/payments/p1", "GET")]
    [InlineData("PUT", "/v3/payments", "GET, POST")]
    [InlineData("GET", "/v3/payments/p1/cancel", "POST")]
    [InlineData("GET", "/v3/refunds", "POST")]
    public async Task Provider_WrongMethod_Answers405WithABody(string method, string path, string allowed)
    {
        await using var sandbox = await SandboxHarness.StartAsync();

        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await sandbox.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(allowed, string.Join(", ", response.Content.Headers.Allow));
        Assert.Contains("\"type\":\"error\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Provider_OtherContentType_Answers415WithABody()
    {
        await using var sandbox = await SandboxHarness.StartAsync();

        var answer = await sandbox.SendAsync(HttpMethod.Post, "/v3/payments", new StringContent("{}"), key: "k");

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.Status);
        Assert.Equal("error", answer.Text("type"));
    }

    [Theory]
    [InlineData("/v3")]
    [InlineData("/v3/nothing")]
    [InlineData("/v3/payments/a/b/c")]
    public async Task Provider_UnknownPath_Answers404AsYooKassaDoes(string path)
    {
        await using var sandbox = await SandboxHarness.StartAsync();

        var answer = await sandbox.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal("not_found", answer.Text("code"));
    }

    [Theory]
    [InlineData("/v3/payments/%00")]
    [InlineData("/v3/payments/%FF%FE")]
    [InlineData("/v3/payments/%D0%BA")]
    [InlineData("/v3/payments/..%2F..")]
    [InlineData("/sandbox/pay/%3Cscript%3E")]
    [InlineData("/sandbox/payments/%3Cscript%3E/requests")]
    public async Task StrangeId_AnyCall_IsRefusedAndNever500(string path)
    {
        await using var sandbox = await SandboxHarness.StartAsync();

        var status = await RawAsync(sandbox.Url, $"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
            + $"Authorization: {SandboxHarness.Basic("sandbox", "sandbox")}\r\n\r\n");

        Assert.InRange(status, 400, 404);
    }

    [Fact]
    public async Task Sandbox_NoHttpAtAll_Answers400AndGoesOn()
    {
        await using var sandbox = await SandboxHarness.StartAsync();

        var status = await RawAsync(sandbox.Url, "coffee please\r\n\r\n");
        var after = await sandbox.GetAsync("/v3/payments");

        Assert.Equal(400, status);
        Assert.Equal(HttpStatusCode.OK, after.Status);
    }

    private static ByteArrayContent Json(byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        return content;
    }

    private static async Task<int> RawAsync(Uri url, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(url.Host, url.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream);
        var statusLine = await reader.ReadLineAsync();
        return int.Parse(statusLine!.Split(' ')[1]);
    }
}
