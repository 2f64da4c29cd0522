using System.Globalization;
using System.Text.Json;
using CoffeePayment.Sandbox.Faults;
using CoffeePayment.Sandbox.Http;

namespace CoffeePayment.Sandbox.Machine;

/// <summary>The telemetry service of the coffee machines: one call, which makes a drink.</summary>
internal sealed class MachineApi(SandboxOptions options, Worlds worlds, Hanging hanging)
{
    private const string Path = "/api/commander/v1/command/make";
    private static readonly string[] Sizes = ["small", "medium", "large"];

    private readonly TimeProvider _clock = options.TimeProvider;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.On("POST", Path, MakeAsync);
        routes.RefuseOtherMethods(Path, "POST");
    }

    private async Task MakeAsync(HttpContext context)
    {
        var world = worlds.Current;
        var receivedAt = _clock.GetUtcNow();
        if (await ReadAsync(context) is not { } order)
            return;

        // Recorded before anything can go wrong: what was not answered may still have been made.
        var index = world.Makes.Received(order, receivedAt);
        var settings = world.Faults.Machine(order.DeviceId);
        if (settings.Latency > TimeSpan.Zero)
            await Task.Delay(settings.Latency, _clock, context.RequestAborted);

        switch (settings.Draw(world.Chance))
        {
            case Verdict.Hang:
                await hanging.HangAsync(context);
                return;
            case Verdict.Error:
                world.Makes.Answered(index, MakeAnswer.Error, settings.HttpStatus);
                Problem.Send(context, settings.HttpStatus, "The sandbox was told to refuse.");
                return;
            default:
                world.Makes.Answered(index, MakeAnswer.Accepted, StatusCodes.Status200OK);
                JsonAnswer.Send(context, StatusCodes.Status200OK, order.OrderUuid, static (writer, orderUuid) =>
                {
                    writer.WriteStartObject();
                    writer.WriteString("orderUuid"u8, orderUuid);
                    writer.WriteString("result"u8, "accepted"u8);
                    writer.WriteEndObject();
                });
                return;
        }
    }

    private async Task<MakeOrder?> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Headers.Authorization != $"Bearer {options.MachineToken}")
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return Refuse(context, StatusCodes.Status401Unauthorized, "The token is missing or wrong.");
        }
        if (!JsonBody.IsJson(request))
            return Refuse(context, StatusCodes.Status415UnsupportedMediaType, "The body must be application/json.");
        if (!IsOffset(request.Headers["TimeZoneOffset"]))
        {
            return Refuse(
                context, StatusCodes.Status400BadRequest, "The request is wrong.",
                new FieldError("TimeZoneOffset", "must be a header with whole hours from -12 to 14"));
        }

        var body = JsonBody.Parse(await JsonBody.ReadAsync(request));
        if (body is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() != 1)
            return Refuse(context, StatusCodes.Status400BadRequest, "The body must be a list of one command.");

        var fields = new FieldReader(list[0]);
        var device = fields.Text("deviceId", 255, required: true);
        var order = fields.Text("orderUuid", 255, required: true);
        var drink = fields.Text("drinkUuid", 255, required: true);
        var size = fields.Text("size", 16, required: true);
        var price = fields.Integer("price", 0, int.MaxValue, required: true);
        var known = Array.Find(Sizes, name => name == size);
        if (size is not null && known is null)
            fields.Refuse("size", "must be one of small, medium, large");
        return fields.Errors.Count == 0
            ? new MakeOrder(device!, order!, drink!, known!, price!.Value)
            : Refuse(context, StatusCodes.Status400BadRequest, "The command is wrong.", [.. fields.Errors]);
    }

    private static MakeOrder? Refuse(HttpContext context, int status, string title, params FieldError[] errors)
    {
        Problem.Send(context, status, title, errors.Length == 0 ? null : errors);
        return null;
    }

    private static bool IsOffset(string? text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var hours)
        && hours is >= -12 and <= 14;
}
