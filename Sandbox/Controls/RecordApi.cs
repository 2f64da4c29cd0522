using System.Globalization;
using System.Text.Json;
using CoffeePayment.Sandbox.Http;
using CoffeePayment.Sandbox.Machine;
using CoffeePayment.Sandbox.Payments;
using CoffeePayment.Sandbox.Traffic;

namespace CoffeePayment.Sandbox.Controls;

/// <summary>Tells what the provider and the machines were asked.</summary>
internal sealed class RecordApi(Worlds worlds)
{
    private const int MakesAtATime = 500;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.On("GET", "/sandbox/payments/{id}/requests", GetRequests);
        routes.On("GET", "/sandbox/makes", GetMakesAsync);
        routes.On("GET", "/sandbox/stats", GetStatistics);
        routes.On("DELETE", "/sandbox/stats", Routes.Done(() => worlds.Current.CountAnew()));

        routes.RefuseOtherMethods("/sandbox/payments/{id}/requests", "GET");
        routes.RefuseOtherMethods("/sandbox/makes", "GET");
        routes.RefuseOtherMethods("/sandbox/stats", "GET, DELETE");
    }

    private Task GetRequests(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        if (worlds.Current.Payments.RequestsOf(id) is not { } requests)
        {
            Problem.Send(context, StatusCodes.Status404NotFound, "Nobody has created this payment or asked about it.");
            return Task.CompletedTask;
        }

        JsonAnswer.Send(context, StatusCodes.Status200OK, (id, requests), static (writer, it) =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("items"u8);
            foreach (var request in it.requests)
            {
                writer.WriteStartObject();
                writer.WriteString("at"u8, Times.Text(request.At));
                writer.WriteString("method"u8, request.Operation.Method());
                writer.WriteString("path"u8, request.Operation.Path(it.id));
                if (request.Status == 0)
                    writer.WriteNull("status"u8);
                else
                    writer.WriteNumber("status"u8, request.Status);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
        return Task.CompletedTask;
    }

    private async Task GetMakesAsync(HttpContext context)
    {
        var makes = worlds.Current.Makes;
        await using var writer = JsonAnswer.Stream(context);
        writer.WriteStartObject();
        writer.WriteStartArray("items"u8);
        for (var next = 0; makes.Slice(next, MakesAtATime) is { Count: > 0 } slice; next += slice.Count)
        {
            foreach (var entry in slice)
                Write(writer, entry);
            await writer.FlushAsync(context.RequestAborted);
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, MakeEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteString("received_at"u8, Times.Text(entry.ReceivedAt));
        writer.WriteString("device_id"u8, entry.Order.DeviceId);
        writer.WriteString("order_uuid"u8, entry.Order.OrderUuid);
        writer.WriteString("drink_uuid"u8, entry.Order.DrinkUuid);
        writer.WriteString("size"u8, entry.Order.Size);
        writer.WriteNumber("price"u8, entry.Order.Price);
        writer.WriteString("answered"u8, entry.Answer switch
        {
            MakeAnswer.Accepted => "accepted"u8,
            MakeAnswer.Error => "error"u8,
            _ => "hung"u8,
        });
        if (entry.HttpStatus == 0)
            writer.WriteNull("http_status"u8);
        else
            writer.WriteNumber("http_status"u8, entry.HttpStatus);
        writer.WriteEndObject();
    }

    private Task GetStatistics(HttpContext context)
    {
        var text = context.Request.Query["last_s"].ToString();
        var seconds = 600d;
        var isNumber = text.Length == 0
            || double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out seconds);
        if (!isNumber || seconds > 600)
        {
            Problem.Send(
                context, StatusCodes.Status422UnprocessableEntity, "The request is wrong.",
                [new FieldError("last_s", "must be a number from 0 to 600")]);
            return Task.CompletedTask;
        }

        var world = worlds.Current;
        var view = new StatisticsView(
            world.Payments.Count, world.Traffic.View(TimeSpan.FromSeconds(seconds)), world.Makes.View());
        JsonAnswer.Send(
            context,
            StatusCodes.Status200OK,
            view,
            static (writer, view) => JsonSerializer.Serialize(writer, view, SandboxJson.Default.StatisticsView));
        return Task.CompletedTask;
    }
}
