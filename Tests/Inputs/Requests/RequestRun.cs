using System.Net.Http.Headers;
using System.Text.Json;
using CoffeePayment.Tests.Inputs.Documents;
using CoffeePayment.Tests.Inputs.Wire;
using CoffeePayment.Tests.Processes;

namespace CoffeePayment.Tests.Inputs.Requests;

/// <summary>Sends a service, in a process of its own, strange requests, while orders lead their lives in it.</summary>
internal sealed class RequestRun(ServiceProcess service, SandboxControls provider, int seed) : IDisposable
{
    private const int AtOnce = 8;

    /// <summary>How long an answer may take on a busy machine; a server waits 5 s for the rest of a body.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    private readonly InputFigures _figures = new("strange requests", seed);
    private readonly List<string> _acknowledged = [];
    private readonly HttpClient _api = new()
    {
        BaseAddress = service.Url,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", RequestText.Key) },
    };

    /// <summary>The settings of a service that this is to be run against.</summary>
    public static (string Name, string Value)[] Settings =>
        [("API_KEYS", RequestText.Key), ("API_RATE_LIMIT", "0"), ("WEBHOOK_RATE_LIMIT", "0")];

    public async Task<InputFigures> RunAsync()
    {
        var control = new ControlOrders(_api, provider);
        var subjects = await RegisterSubjectsAsync();
        await control.RegisterAsync();
        var document = await ApiDocument.ReadAsync(_api);
        var payments = subjects.Concat(control.Ids).Select(ControlOrders.PaymentOf).ToList();
        var requests = Make(new RequestMaker(document, subjects, payments, new Random(seed)));

        var judge = new RequestJudge(document);
        await SendAsync(requests[..(requests.Length / 2)], judge);
        await control.SettleAsync(isRest: false);
        await SendAsync(requests[(requests.Length / 2)..], judge);
        await control.SettleAsync(isRest: true);

        _figures.Lost = [.. await control.FindLostAsync(), .. await FindForgottenAsync()];
        await _figures.LookAtAsync(service);
        return _figures;
    }

    public void Dispose() => _api.Dispose();

    private static InputRequest[] Make(RequestMaker maker)
    {
        var valid = maker.Operations.SelectMany(
            operation => Enumerable.Range(0, operation.Body is null ? 5 : 60).Select(_ => maker.Valid(operation)));
        InputRequest[] requests =
        [
            .. valid, .. BodyRequests.Make(maker), .. TargetRequests.Make(maker), .. HeadRequests.Make(maker),
            .. FramingRequests.Make(maker),
        ];
        maker.Random.Shuffle(requests);
        return requests;
    }

    /// <summary>Orders that strange requests are about; none of them is to be made.</summary>
    private async Task<IReadOnlyList<string>> RegisterSubjectsAsync()
    {
        string[] statuses = ["pending", "pending", "canceled", "waiting_for_capture", "succeeded", "succeeded"];
        for (var i = 0; i < statuses.Length; i++)
        {
            await provider.PutPaymentAsync(ControlOrders.PaymentOf($"subject-{i}"), statuses[i]);
            using var response = await _api.PostAsJsonAsync(
                "v1/orders",
                new
                {
                    id = $"subject-{i}",
                    payment_scenario = "Yookassa",
                    payment_reference_id = ControlOrders.PaymentOf($"subject-{i}"),
                    device_uuid = "machine-1",
                    drink_number = "7",
                    size = "medium",
                    price = 1,
                });
            response.EnsureSuccessStatusCode();
        }

        return [.. statuses.Select((_, i) => $"subject-{i}")];
    }

    private Task SendAsync(IEnumerable<InputRequest> requests, RequestJudge judge) => Parallel.ForEachAsync(
        requests,
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
        async (request, _) => await SendAsync(request, judge));

    private async Task SendAsync(InputRequest request, RequestJudge judge)
    {
        _figures.CountTried();
        try
        {
            var answer = await RawConnection.SendAsync(service.Url, request.Bytes, request.After, Limit);
            if (answer.Status >= 500 && request.Statuses?.Contains(answer.Status) != true) _figures.CountServerError();
            foreach (var fault in judge.Faults(request, answer)) _figures.Add($"{fault} For {request}");
            if (answer.Status == 201 && request.After == AfterSending.Reads) Acknowledge(answer.Body!);
        }
        catch (Exception exception)
        {
            _figures.Add($"{exception.GetType().Name} {exception.Message} For {request}");
        }
    }

    private void Acknowledge(byte[] order)
    {
        var id = JsonSerializer.Deserialize<JsonElement>(order).GetProperty("id").GetString()!;
        lock (_acknowledged) _acknowledged.Add(id);
    }

    /// <summary>Whether each order that was acknowledged is there.</summary>
    private async Task<IReadOnlyList<string>> FindForgottenAsync()
    {
        var forgotten = new List<string>();
        foreach (var id in _acknowledged)
        {
            using var response = await _api.GetAsync($"v1/orders/{Uri.EscapeDataString(id)}");
            if (!response.IsSuccessStatusCode) forgotten.Add($"{id} was acknowledged and is {response.StatusCode}");
        }

        return forgotten;
    }
}
