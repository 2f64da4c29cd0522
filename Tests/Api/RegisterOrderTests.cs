using System.Text.Json;

namespace CoffeePayment.Tests.Api;

public sealed class RegisterOrderTests : IAsyncLifetime
{
    private ApiHarness _api = null!;

    public async Task InitializeAsync() => _api = await ApiHarness.StartAsync();

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task Register_NewOrder_Is201WithItsUrlAndEveryField()
    {
        var answer = await _api.PostAsync("/v1/orders", RegistrationBody.Full);

        Assert.Equal(201, answer.Status);
        Assert.Equal("/v1/orders/order-1", answer.Headers["Location"]);
        Assert.Equal("application/json", answer.ContentType);
        answer.AssertJson(
            """
            {"id":"order-1","merchant_id":"north","payment_scenario":"YookassaReceipt",
            "payment_reference_id":"payment-1","device_uuid":"machine-1","drink_number":"7","drink_name":"Капучино",
            "size":"large","price":15000,
            "currency":"KZT","payment_started_at":"2026-03-01T11:59:00.5+00:00",
            "expires_at":"2026-03-01T12:10:00+00:00",
            "status":"pending","status_reason":null,"status_changed_at":"2026-03-01T12:00:00+00:00","track":"fast",
            "check_attempts":0,"unanswered_attempts":0,"last_check_at":null,"next_check_at":"2026-03-01T12:00:05+00:00",
            "next_late_check_at":null,"make_attempts":0,"failed_presentation_desc":null,"is_resolved":false,
            "revision":1,"history":[{"at":"2026-03-01T12:00:00+00:00","last_at":null,"kind":"registered",
            "status":"pending","detail":null,"note":null,"by":null,"count":1}]}
            """);
    }

    [Fact]
    public async Task Register_OnlyRequiredFields_FillsInTheDefaults()
    {
        var answer = await _api.PostAsync("/v1/orders", RegistrationBody.Minimal);

        Assert.Equal(201, answer.Status);
        Assert.Equal("default", answer.Json.GetProperty("merchant_id").GetString());
        Assert.Equal("RUB", answer.Json.GetProperty("currency").GetString());
        Assert.Equal("2026-03-01T12:00:00+00:00", answer.Json.GetProperty("payment_started_at").GetString());
        Assert.Equal("2026-03-01T12:15:00+00:00", answer.Json.GetProperty("expires_at").GetString());
        Assert.Equal(JsonValueKind.Null, answer.Json.GetProperty("drink_name").ValueKind);
    }

    [Fact]
    public async Task Register_TheSameAgain_Is200AndTheOrderAsItStands()
    {
        await _api.PostAsync("/v1/orders", RegistrationBody.Full);
        _api.Cluster.Order("order-1").Change(order => order with { CheckAttempts = 3 });

        var answer = await _api.PostAsync("/v1/orders", RegistrationBody.Full);

        Assert.Equal(200, answer.Status);
        Assert.Equal(3, answer.Json.GetProperty("check_attempts").GetInt32());
    }

    [Fact]
    public async Task Register_SameIdOtherContent_Is409NamingTheFields()
    {
        await _api.PostAsync("/v1/orders", RegistrationBody.Full);
        var other = RegistrationBody.Full
            .Replace("15000", "14000")
            .Replace("Капучино", "Латте")
            .Replace("12:10:00Z", "12:11:00Z");

        var answer = await _api.PostAsync("/v1/orders", other);

        Assert.Equal(409, answer.Status);
        Assert.Equal("order-differs", answer.ProblemType);
        Assert.Equal(
            ["drink_name", "price", "expires_at"],
            answer.Json.GetProperty("differing_fields").EnumerateArray().Select(field => field.GetString()!));
        Assert.Equal(15000, _api.Cluster.Registered.Single().Registration.Price.MinorUnits);
    }

    [Fact]
    public async Task Register_PaymentOfAnotherOrder_Is409NamingThatOrder()
    {
        await _api.PostAsync("/v1/orders", RegistrationBody.Full);

        var answer = await _api.PostAsync("/v1/orders", RegistrationBody.With("id", "\"order-2\""));

        Assert.Equal(409, answer.Status);
        Assert.Equal("payment-taken", answer.ProblemType);
        Assert.Equal("order-1", answer.Json.GetProperty("other_order_id").GetString());
    }

    [Fact]
    public async Task Register_UnknownFields_AreIgnored()
    {
        var answer = await _api.PostAsync("/v1/orders", RegistrationBody.With("loyalty_card", """{"a":[1,1]}"""));

        Assert.Equal(201, answer.Status);
    }

    [Theory]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json;charset=UTF-8")]
    [InlineData("application/json; charset=\"UTF-8\"")]
    [InlineData("application/vnd.shop+json")]
    [InlineData("APPLICATION/JSON")]
    public async Task Register_AnyWayToSayJson_IsAccepted(string contentType)
    {
        var answer = await _api.PostAsync("/v1/orders", RegistrationBody.Minimal, contentType);

        Assert.Equal(201, answer.Status);
    }

    [Fact]
    public async Task Register_ByteOrderMark_IsSkipped()
    {
        byte[] body = [0xEF, 0xBB, 0xBF, .. System.Text.Encoding.UTF8.GetBytes(RegistrationBody.Minimal)];

        var answer = await _api.PostBytesAsync("/v1/orders", body);

        Assert.Equal(201, answer.Status);
    }

    [Theory]
    [InlineData("a:b.c-d_e")]
    [InlineData("...")]
    [InlineData("-")]
    public async Task Register_UnusualId_IsFoundUnderItsUrl(string id)
    {
        var registered = await _api.PostAsync("/v1/orders", RegistrationBody.With("id", $"\"{id}\""));
        var found = await _api.GetAsync(registered.Headers["Location"]);

        Assert.Equal(201, registered.Status);
        Assert.Equal(200, found.Status);
        Assert.Equal(id, found.Json.GetProperty("id").GetString());
    }
}
