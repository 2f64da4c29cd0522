using System.Text.Json.Nodes;
using CoffeePayment.Silo.Import;
using CoffeePayment.Tests.Support;

namespace CoffeePayment.Tests.CommandLine;

public sealed class CandidateReaderTests
{
    private readonly VirtualTimeProvider _time = new();

    [Fact]
    public void Read_NamesAndValuesOfTheOldSystem_AreThoseOfTheApi()
    {
        var started = _time.GetUtcNow().AddMinutes(-10);
        var candidate = Read(
            ("Order_UUID", "order-1"), ("payment_id", "payment-1"), ("scenario", "yookassareceipt"),
            ("device_id", "machine-1"), ("drink_id", 7), ("drink_size", "BIG"), ("price", "15000"),
            ("payment_started", $"{started:yyyy-MM-dd HH:mm:ss.ffffff}+00"), ("status", "PENDING"),
            ("created_by", "celery")).Candidate!;

        Assert.Equal("order-1", candidate.OrderId);
        Assert.Equal(
            $$"""
            {"id":"order-1","payment_reference_id":"payment-1","payment_scenario":"YookassaReceipt",
            "device_uuid":"machine-1","drink_number":"7","size":"large","price":15000,
            "payment_started_at":"{{started:yyyy-MM-ddTHH:mm:ss.ffffff}}+00:00"}
            """.ReplaceLineEndings(""),
            candidate.Json.Replace("\\u002B", "+"));
    }

    [Theory]
    [InlineData("2026-01-31 12:00:00", null, "2026-01-31 12:00:00")]
    [InlineData("2026-01-31 12:00:00", "+03:00", "2026-01-31T12:00:00+03:00")]
    [InlineData("2026-01-31 12:00:00+0530", "+03:00", "2026-01-31T12:00:00+05:30")]
    [InlineData("2026-01-31t12:00:00.5 Z", null, "2026-01-31T12:00:00.5Z")]
    [InlineData("2026-01-31T12:00:00-01:00", null, "2026-01-31T12:00:00-01:00")]
    [InlineData("31.01.2026", "+03:00", "31.01.2026")]
    public void Value_OfATime_IsWrittenAsTheApiWantsIt(string text, string? offset, string expected) =>
        Assert.Equal(expected, FieldValues.Read("expires_at", text, offset)!.GetValue<string>());

    [Theory]
    [InlineData("price", "150.00", "price must be a whole number from 1 to 1000000000000")]
    [InlineData("price", "-1", "price must be a whole number from 1 to 1000000000000")]
    [InlineData("size", "huge", "size must be one of: small, medium, large")]
    [InlineData("id", "a b", "id must consist of A-Z a-z 0-9 - _ . : and be neither '.' nor '..'")]
    [InlineData("id", null, "id is required")]
    [InlineData("payment_scenario", "Cash", "payment_scenario must be one of: Yookassa, YookassaReceipt")]
    [InlineData("status", "paid", "status is 'paid': only pending orders are imported")]
    [InlineData(
        "payment_started_at", "2026-01-31 12:00:00",
        "payment_started_at must be a time with its offset from UTC, as in 2026-01-31T12:00:00+03:00")]
    [InlineData(
        "payment_started_at", null,
        "payment_started_at is required here: without it the payment would count as begun now")]
    [InlineData("drink_name", "Кофе \uFFFD", "drink_name has characters that are no UTF-8")]
    public void Read_BadField_IsRefusedAndSaysWhy(string field, string? value, string why)
    {
        var fields = Good().Where(pair => pair.Key != field).Append(new(field, value));

        var refusal = Reader().Read(new SourceRecord(7, [.. fields])).Refusal!;

        Assert.Equal((7L, field, why), (refusal.Line, refusal.FieldNames, refusal.Why));
    }

    [Fact]
    public void Read_SeveralBadFields_NamesAllOfThem()
    {
        var fields = Good().Where(pair => pair.Key is not ("price" or "size"));

        var refusal = Reader().Read(new SourceRecord(1, [.. fields])).Refusal!;

        Assert.Equal("size, price", refusal.FieldNames);
        Assert.Equal("order-1", refusal.OrderId);
    }

    [Fact]
    public void Read_TwoColumnsForOneField_IsRefused()
    {
        var refusal = Reader().Read(new SourceRecord(1, [.. Good(), new("order_id", "order-2")])).Refusal!;

        Assert.Equal("id occurs more than once", refusal.Why);
    }

    [Fact]
    public void Read_NamesThatAreNoField_AreRememberedUnlessOurOwnReportAddedThem()
    {
        var reader = Reader();

        var read = reader.Read(new SourceRecord(1, [.. Good(), new("comment", "x"), new("import_error", "y")]));

        Assert.NotNull(read.Candidate);
        Assert.Equal(["comment"], reader.Ignored);
    }

    [Fact]
    public void Read_NameThatWasGiven_Wins()
    {
        var fields = Good().Where(pair => pair.Key != "payment_started_at")
            .Append(new("created_at", $"{_time.GetUtcNow():O}"));
        var reader = new CandidateReader(
            new FieldMap([new("created_at", "payment_started_at")]), offset: null, _time);

        Assert.NotNull(reader.Read(new SourceRecord(1, [.. fields])).Candidate);
    }

    private CandidateReader Reader() => new(new FieldMap([]), offset: null, _time);

    private (Candidate? Candidate, Refusal? Refusal) Read(params (string Name, JsonNode? Value)[] fields) =>
        Reader().Read(new SourceRecord(1, [.. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]));

    private IEnumerable<KeyValuePair<string, JsonNode?>> Good() =>
    [
        new("id", "order-1"), new("payment_scenario", "Yookassa"), new("payment_reference_id", "payment-1"),
        new("device_uuid", "machine-1"), new("drink_number", "7"), new("size", "medium"), new("price", "15000"),
        new("payment_started_at", $"{_time.GetUtcNow().AddMinutes(-1):O}"),
    ];
}
