using System.Text;
using CoffeePayment.Tests.Inputs;

namespace CoffeePayment.Tests.Api;

public sealed class RegistrationFuzzTests : IAsyncLifetime
{
    private const int Mutations = 5000;

    private ApiHarness _api = null!;

    public async Task InitializeAsync() => _api = await ApiHarness.StartAsync();

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Theory]
    [InlineData("/v1/orders", RegistrationBody.Full)]
    [InlineData("/v1/orders/order-1/resolve", """{"outcome":"made","note":"by\nhand"}""")]
    [InlineData(
        "/v1/webhooks/yookassa",
        """{"type":"notification","event":"refund.succeeded","object":{"payment_id":"p"}}""")]
    public async Task AnyMutationOfABody_IsAnsweredAndNeverBlamedOnTheService(string path, string body)
    {
        var random = new Random(20260301);
        var seen = new Dictionary<int, int>();

        for (var i = 0; i < Mutations; i++)
        {
            var mutant = ByteMutations.Mutate(Encoding.UTF8.GetBytes(body), random);

            var answer = await _api.PostBytesAsync(path, mutant);

            Assert.True(
                answer.Status is 200 or 201 or 400 or 404 or 409 or 422,
                $"{answer.Status} for {Convert.ToBase64String(mutant)}");
            seen[answer.Status] = seen.GetValueOrDefault(answer.Status) + 1;
        }

        Assert.Empty(_api.Log.All);
        Assert.True(seen[400] > Mutations / 10, "The mutations hardly break anything.");
        Assert.True(Mutations - seen[400] > Mutations / 50, "The mutations get no further than the parser.");
    }
}
