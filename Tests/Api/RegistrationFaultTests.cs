using System.Text;

namespace CoffeePayment.Tests.Api;

public sealed class RegistrationFaultTests : IAsyncLifetime
{
    private const string Missing = "is required";

    private const string NoText = "must be a string of valid Unicode";

    private const string Blank = "must not be blank";

    private const string BadAlphabet = "must consist of A-Z a-z 0-9 - _ . :";

    private const string BadOrderId = BadAlphabet + " and be neither '.' nor '..'";

    private const string BadTime = "must be a time with its offset from UTC, as in 2026-01-31T12:00:00+03:00";

    private const string BadPrice = "must be a whole number from 1 to 1000000000000";

    private const string BadCurrency = "must be an ISO 4217 code of three upper-case letters, as RUB";

    private ApiHarness _api = null!;

    public async Task InitializeAsync() =>
        _api = await ApiHarness.StartAsync(options => options.IsKnownMerchant = id => id is "default" or "north");

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Theory]
    [InlineData("id", null, Missing)]
    [InlineData("id", "null", Missing)]
    [InlineData("id", "17", NoText)]
    [InlineData("id", "[]", NoText)]
    [InlineData("id", "\"\"", Blank)]
    [InlineData("id", "\"a b\"", BadOrderId)]
    [InlineData("id", "\"a/b\"", BadOrderId)]
    [InlineData("id", "\"заказ\"", BadOrderId)]
    [InlineData("id", "\".\"", BadOrderId)]
    [InlineData("id", "\"..\"", BadOrderId)]
    [InlineData("id", "\"\\ud800\"", NoText)]
    [InlineData("id", "\"a\\u0000\"", "must not have control characters")]
    [InlineData("merchant_id", "\"south\"", "must be a merchant with credentials here, which 'south' is not")]
    [InlineData("merchant_id", "\"\"", Blank)]
    [InlineData("merchant_id", "\"a b\"", BadAlphabet)]
    [InlineData("merchant_id", "1", NoText)]
    [InlineData("payment_scenario", null, Missing)]
    [InlineData("payment_scenario", "\"yookassa\"", "must be one of: Yookassa, YookassaReceipt")]
    [InlineData("payment_scenario", "0", NoText)]
    [InlineData("payment_reference_id", null, Missing)]
    [InlineData("payment_reference_id", "\"a/../b\"", BadAlphabet)]
    [InlineData("payment_reference_id", "{}", NoText)]
    [InlineData("device_uuid", null, Missing)]
    [InlineData("device_uuid", "\" \"", Blank)]
    [InlineData("device_uuid", "\"a\\nb\"", "must not have control characters")]
    [InlineData("drink_number", null, Missing)]
    [InlineData("drink_number", "7", NoText)]
    [InlineData("drink_name", "false", NoText)]
    [InlineData("drink_name", "\"\\u0085\"", "must not have control characters")]
    [InlineData("size", null, Missing)]
    [InlineData("size", "\"big\"", "must be one of: small, medium, large")]
    [InlineData("size", "\"Large\"", "must be one of: small, medium, large")]
    [InlineData("size", "2", NoText)]
    [InlineData("price", null, Missing)]
    [InlineData("price", "0", BadPrice)]
    [InlineData("price", "-1", BadPrice)]
    [InlineData("price", "1.5", BadPrice)]
    [InlineData("price", "\"100\"", BadPrice)]
    [InlineData("price", "1000000000001", BadPrice)]
    [InlineData("price", "99999999999999999999999", BadPrice)]
    [InlineData("price", "1e999", BadPrice)]
    [InlineData("currency", "\"rub\"", BadCurrency)]
    [InlineData("currency", "\"RUBL\"", BadCurrency)]
    [InlineData("currency", "\"РУБ\"", BadCurrency)]
    [InlineData("currency", "643", NoText)]
    [InlineData("payment_started_at", "1772366400", BadTime)]
    [InlineData("payment_started_at", "\"2026-03-01\"", BadTime)]
    [InlineData("payment_started_at", "\"2026-03-01T12:00:00\"", BadTime)]
    [InlineData("payment_started_at", "\"2026-03-01 12:00:00Z\"", BadTime)]
    [InlineData("payment_started_at", "\"2026-02-30T12:00:00Z\"", BadTime)]
    [InlineData("payment_started_at", "\"2026-03-01T24:00:01Z\"", BadTime)]
    [InlineData("payment_started_at", "\"2026-03-01T12:00:00+25:00\"", BadTime)]
    [InlineData("payment_started_at", "\"2026-03-01T12:00:00Z\\n\"", BadTime)]
    [InlineData("payment_started_at", "\"\"", BadTime)]
    [InlineData("payment_started_at", "\"2026-03-01T12:01:01Z\"", "must not be more than a minute in the future")]
    [InlineData("payment_started_at", "\"2026-01-30T11:59:59Z\"", "must not be more than 30 days ago")]
    [InlineData("expires_at", "\"soon\"", BadTime)]
    [InlineData("expires_at", "\"2026-03-01T11:59:00.5Z\"", "must be after payment_started_at")]
    [InlineData("expires_at", "\"2026-03-31T12:00:00Z\"", "must not be more than 30 days after payment_started_at")]
    [InlineData("expires_at", "\"9999-12-31T23:59:59Z\"", "must not be more than 30 days after payment_started_at")]
    public async Task Register_BadField_Is422NamingIt(string field, string? json, string message)
    {
        var answer = await _api.PostAsync("/v1/orders", RegistrationBody.With(field, json));

        Assert.Equal(422, answer.Status);
        Assert.Contains($"{field}: {message}", answer.Errors.Split('\n'));
        Assert.Empty(_api.Cluster.Registered);
    }

    [Theory]
    [InlineData("id", 255)]
    [InlineData("payment_reference_id", 100)]
    [InlineData("device_uuid", 100)]
    [InlineData("drink_number", 100)]
    [InlineData("drink_name", 200)]
    public async Task Register_TextAtAndBeyondItsLimit_IsTakenAndRefused(string field, int lengthMax)
    {
        var longest = new string('x', lengthMax);

        var beyond = await _api.PostAsync("/v1/orders", RegistrationBody.With(field, $"\"{longest}x\""));
        var at = await _api.PostAsync("/v1/orders", RegistrationBody.With(field, $"\"{longest}\""));

        Assert.Equal(422, beyond.Status);
        Assert.Equal($"{field}: must have at most {lengthMax} characters", beyond.Errors);
        Assert.Equal(201, at.Status);
    }

    [Fact]
    public async Task Register_SeveralFaults_NamesThemAllAtOnce()
    {
        var answer = await _api.PostAsync("/v1/orders", """{"size":"huge","price":0,"currency":"x","expires_at":1}""");

        Assert.Equal(422, answer.Status);
        Assert.Equal("application/problem+json", answer.ContentType);
        Assert.Equal("invalid-fields", answer.ProblemType);
        Assert.Equal(
            $"""
            id: {Missing}
            payment_scenario: {Missing}
            payment_reference_id: {Missing}
            device_uuid: {Missing}
            drink_number: {Missing}
            size: must be one of: small, medium, large
            price: {BadPrice}
            currency: {BadCurrency}
            expires_at: {BadTime}
            """,
            answer.Errors);
    }

    [Fact]
    public async Task Register_FieldTwice_Is422()
    {
        var body = RegistrationBody.Full.Replace("\"price\": 15000", "\"price\": 15000, \"pric\\u0065\": 1");

        var answer = await _api.PostAsync("/v1/orders", body);

        Assert.Equal(422, answer.Status);
        Assert.Equal("price: occurs more than once", answer.Errors);
    }

    [Theory]
    [InlineData("", "The body is empty.")]
    [InlineData("{", "The body is not JSON: line 1, byte 2.")]
    [InlineData("{\"id\":\"a\"}x", "The body is not JSON: line 1, byte 11.")]
    [InlineData("[]", "The body must be a JSON object.")]
    [InlineData("null", "The body must be a JSON object.")]
    [InlineData("\"id\"", "The body must be a JSON object.")]
    public async Task Register_NoJsonObject_Is400(string body, string detail)
    {
        var answer = await _api.PostAsync("/v1/orders", body);

        Assert.Equal(400, answer.Status);
        Assert.Equal("malformed", answer.ProblemType);
        Assert.Equal(detail, answer.Json.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Register_NestedTooDeep_Is400()
    {
        var answer = await _api.PostAsync("/v1/orders", new string('[', 1000));

        Assert.Equal(400, answer.Status);
    }

    [Fact]
    public async Task Register_NotUtf8_Is400()
    {
        var body = Encoding.Latin1.GetBytes(RegistrationBody.With("drink_name", "\"Café\""));

        var answer = await _api.PostBytesAsync("/v1/orders", body);

        Assert.Equal(400, answer.Status);
        Assert.Equal("The body is not UTF-8.", answer.Json.GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=windows-1251")]
    [InlineData(null)]
    public async Task Register_NotDeclaredAsJson_Is415(string? contentType)
    {
        var body = Encoding.UTF8.GetBytes(RegistrationBody.Full);

        var answer = await _api.PostBytesAsync("/v1/orders", body, contentType);

        Assert.Equal(415, answer.Status);
        Assert.Equal("not-json", answer.ProblemType);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Register_BodyOf64KiB_IsTakenAndOneByteMoreIs413(bool isChunked)
    {
        const int CyrillicLetters = 8;
        var padded = Encoding.UTF8.GetBytes(RegistrationBody.Full.PadRight(65536 - CyrillicLetters));

        var full = await SendAsync(padded, isChunked);
        var tooLong = await SendAsync([.. padded, (byte)' '], isChunked);

        Assert.Equal(65536, padded.Length);
        Assert.Equal(201, full.Status);
        Assert.Equal(413, tooLong.Status);
        Assert.Equal("body-too-large", tooLong.ProblemType);
    }

    private Task<Answer> SendAsync(byte[] body, bool isChunked)
    {
        HttpContent content = isChunked
            ? new StreamContent(new UnseekableStream(body))
            : new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        return _api.SendAsync(HttpMethod.Post, "/v1/orders", content);
    }

    /// <summary>A stream that nobody can tell the length of, so that it is sent in chunks.</summary>
    private sealed class UnseekableStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
