using CoffeePayment.Api;
using CoffeePayment.Tests.Api.Fakes;

namespace CoffeePayment.Tests.Api;

public class TestOrderTests
{
    [Fact]
    public async Task Place_WithASandbox_RegistersWhatItPrepared()
    {
        var sandbox = new FakeTestOrders();
        await using var api = await ApiHarness.StartAsync(
            services: services => services.AddSingleton<ITestOrders>(sandbox));

        var answer = await api.PostAsync("/v1/test-orders", """{"ending":"wrong_amount"}""");

        var id = answer.Json.GetProperty("id").GetString()!;
        Assert.Equal(201, answer.Status);
        Assert.Equal([(id, TestOrderEnding.WrongAmount)], sandbox.Prepared);
        Assert.Equal(id, Assert.Single(api.Cluster.Registered).Id);
    }

    [Theory]
    [InlineData("""{"ending":"free_coffee"}""")]
    [InlineData("""{"ending":1}""")]
    [InlineData("{}")]
    public async Task Place_UnknownEnding_Is422(string body)
    {
        await using var api = await ApiHarness.StartAsync(
            services: services => services.AddSingleton<ITestOrders>(new FakeTestOrders()));

        var answer = await api.PostAsync("/v1/test-orders", body);

        Assert.Equal(422, answer.Status);
        Assert.StartsWith("ending: ", answer.Errors);
        Assert.Empty(api.Cluster.Registered);
    }

    [Fact]
    public async Task Place_WithoutASandbox_IsNoCallAtAll()
    {
        await using var api = await ApiHarness.StartAsync();

        var answer = await api.PostAsync("/v1/test-orders", """{"ending":"paid"}""");
        var document = await api.GetAsync("/openapi/v1.json");

        Assert.Equal(404, answer.Status);
        Assert.DoesNotContain("/v1/test-orders", document.Text);
    }

    [Theory]
    [InlineData(true, "http://127.0.0.1:5090/")]
    [InlineData(false, null)]
    public async Task Console_TellsWhatThePageGoesBy(bool hasSandbox, string? sandboxUrl)
    {
        await using var api = await ApiHarness.StartAsync(
            options => (options.Language, options.ServiceId, options.ClusterId) = ("en", "cafe", "north"),
            services =>
            {
                if (hasSandbox) services.AddSingleton<ITestOrders>(new FakeTestOrders());
            });

        var console = (await api.GetAsync("/v1/console")).Json;

        Assert.Equal("en", console.GetProperty("language").GetString());
        Assert.Equal("cafe", console.GetProperty("service_id").GetString());
        Assert.Equal("north", console.GetProperty("cluster_id").GetString());
        Assert.Equal(sandboxUrl, console.GetProperty("sandbox_url").GetString());
        Assert.NotEmpty(console.GetProperty("version").GetString()!);
    }
}
