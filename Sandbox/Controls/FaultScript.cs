using CoffeePayment.Sandbox.Faults;
using CoffeePayment.Sandbox.Http;

namespace CoffeePayment.Sandbox.Controls;

/// <summary>
/// How badly a target shall answer: the body of <c>PUT /sandbox/faults</c>. What is null stays as it is.
/// </summary>
internal sealed record FaultScript(
    FaultTarget Target, double? LatencyMs, double? ErrorRate, int? HttpStatus, int? RetryAfterMs, double? HangRate)
{
    public static FaultScript? Read(FieldReader fields)
    {
        var target = fields.Text("target", 16, required: true);
        var device = fields.Text("device_id", 255);
        var script = new FaultScript(
            new FaultTarget(target == "machine", device),
            fields.Number("latency_ms", 0, 3_600_000),
            fields.Number("error_rate", 0, 1),
            fields.Integer("http_status", 400, 599),
            fields.Integer("retry_after_ms", 0, 3_600_000),
            fields.Number("hang_rate", 0, 1));
        fields.RefuseOthers();

        if (target is not (null or "provider" or "machine"))
            fields.Refuse("target", "must be provider or machine");
        if (device is not null && target == "provider")
            fields.Refuse("device_id", "goes with the target machine only");
        return fields.Errors.Count == 0 ? script : null;
    }

    public FaultSettings Apply(FaultSettings settings) => settings with
    {
        Latency = LatencyMs is { } ms ? TimeSpan.FromMilliseconds(ms) : settings.Latency,
        ErrorRate = ErrorRate ?? settings.ErrorRate,
        HttpStatus = HttpStatus ?? settings.HttpStatus,
        RetryAfterMs = RetryAfterMs ?? settings.RetryAfterMs,
        HangRate = HangRate ?? settings.HangRate,
    };
}
