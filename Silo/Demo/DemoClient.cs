using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CoffeePayment.Orders;
using CoffeePayment.Silo.Hosting;

namespace CoffeePayment.Silo.Demo;

/// <summary>Plays everybody around the service over HTTP: the shop, the customers, their banks, the operator.</summary>
internal sealed class DemoClient : IDisposable
{
    private readonly HttpClient _service;
    private readonly HttpClient _provider;
    private readonly HttpClient _controls;

    public DemoClient(Uri service, string apiKey, Uri sandbox)
    {
        _service = new HttpClient { BaseAddress = service };
        _service.DefaultRequestHeaders.Authorization = new("Bearer", apiKey);

        _controls = new HttpClient { BaseAddress = sandbox };
        _provider = new HttpClient { BaseAddress = sandbox };
        var credentials = Encoding.ASCII.GetBytes($"{SandboxAccess.AccountId}:{SandboxAccess.SecretKey}");
        _provider.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(credentials));
    }

    public void Dispose()
    {
        _service.Dispose();
        _provider.Dispose();
        _controls.Dispose();
    }

    /// <summary>Creates a payment at the provider, as the shop does; its id.</summary>
    public async Task<string> CreatePaymentAsync(DemoOrder order, CancellationToken stop)
    {
        var body = new JsonObject
        {
            ["amount"] = Amount(order.Price),
            ["capture"] = true,
            ["description"] = order.Id,
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "v3/payments") { Content = Json(body) };
        request.Headers.Add("Idempotence-Key", order.Id);
        var payment = await SendAsync(_provider, request, stop);
        return payment!["id"]!.GetValue<string>();
    }

    /// <summary>Says what becomes of a payment.</summary>
    public Task ScriptPaymentAsync(string paymentId, JsonObject script, CancellationToken stop) =>
        SendAsync(_controls, HttpMethod.Put, $"sandbox/payments/{paymentId}", script, stop);

    /// <summary>Says how well a machine works.</summary>
    public Task ScriptMachineAsync(JsonObject script, CancellationToken stop) =>
        SendAsync(_controls, HttpMethod.Put, "sandbox/faults", script, stop);

    public Task RegisterAsync(JsonObject registration, CancellationToken stop) =>
        SendAsync(_service, HttpMethod.Post, "v1/orders", registration, stop);

    public Task CheckAsync(DemoOrder order, CancellationToken stop) =>
        SendAsync(_service, HttpMethod.Post, $"v1/orders/{order.Id}/check", body: null, stop);

    public Task ResolveAsync(DemoOrder order, string outcome, CancellationToken stop) =>
        SendAsync(_service, HttpMethod.Post, $"v1/orders/{order.Id}/resolve", new() { ["outcome"] = outcome }, stop);

    /// <summary>Where an order stands.</summary>
    public async Task<(OrderStatus Status, string? Reason)> GetStatusAsync(DemoOrder order, CancellationToken stop)
    {
        var found = await SendAsync(_service, HttpMethod.Get, $"v1/orders/{order.Id}", body: null, stop);
        var name = found!["status"]!.GetValue<string>();
        return WireNames.TryParse<OrderStatus>(name, out var status)
            ? (status, found["status_reason"]?.GetValue<string>())
            : throw new HttpRequestException($"The API says that {order.Id} is '{name}', which is no status.");
    }

    /// <summary>How many commands the machines got for each order.</summary>
    public async Task<IReadOnlyDictionary<string, int>> GetMakesAsync(CancellationToken stop)
    {
        var makes = await SendAsync(_controls, HttpMethod.Get, "sandbox/makes", body: null, stop);
        return makes!["items"]!.AsArray()
            .CountBy(make => make!["order_uuid"]!.GetValue<string>(), StringComparer.Ordinal)
            .ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>Minor units of roubles as YooKassa writes them.</summary>
    public static JsonObject Amount(int minorUnits) => new()
    {
        ["value"] = (minorUnits / 100m).ToString("0.00", CultureInfo.InvariantCulture),
        ["currency"] = "RUB",
    };

    private static async Task<JsonNode?> SendAsync(
        HttpClient client, HttpMethod method, string path, JsonObject? body, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : Json(body) };
        return await SendAsync(client, request, stop);
    }

    private static async Task<JsonNode?> SendAsync(
        HttpClient client, HttpRequestMessage request, CancellationToken stop)
    {
        using var response = await client.SendAsync(request, stop);
        var text = await response.Content.ReadAsStringAsync(stop);
        if (response.IsSuccessStatusCode) return text.Length == 0 ? null : JsonNode.Parse(text);

        throw new HttpRequestException(
            $"{request.Method} {request.RequestUri} was answered with {(int)response.StatusCode}: {text}");
    }

    private static StringContent Json(JsonObject body) =>
        new(body.ToJsonString(JsonSerializerOptions.Default), Encoding.UTF8, "application/json");
}
