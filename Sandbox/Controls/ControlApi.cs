using System.Globalization;
using System.Text.Json;
using CoffeePayment.Sandbox.Http;
using CoffeePayment.Sandbox.Machine;
using CoffeePayment.Sandbox.Payments;
using CoffeePayment.Sandbox.Traffic;

namespace CoffeePayment.Sandbox.Controls;

/// <summary>The calls with which tests and people pull the strings. They need no credentials and are never spoilt.</summary>
internal sealed class ControlApi(TimeProvider clock, Worlds worlds)
{
    private const int MakesAtATime = 500;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.On("DELETE", "/sandbox", Done(worlds.Reset));
        routes.On("PUT", "/sandbox/payments/{id}", PutPaymentAsync);
        routes.On("GET", "/sandbox/payments/{id}/requests", GetRequests);
        routes.On("PUT", "/sandbox/faults", PutFaultsAsync);
        routes.On("GET", "/sandbox/faults", GetFaults);
        routes.On("DELETE", "/sandbox/faults", Done(() => worlds.Current.Faults.Reset()));
        routes.On("GET", "/sandbox/makes", GetMakesAsync);
        routes.On("GET", "/sandbox/stats", GetStatistics);
        routes.On("DELETE", "/sandbox/stats", Done(() => worlds.Current.CountAnew()));

        Refuse(routes, "/sandbox", "DELETE");
        Refuse(routes, "/sandbox/payments/{id}", "PUT");
        Refuse(routes, "/sandbox/payments/{id}/requests", "GET");
        Refuse(routes, "/sandbox/faults", "GET, PUT, DELETE");
        Refuse(routes, "/sandbox/makes", "GET");
        Refuse(routes, "/sandbox/stats", "GET, DELETE");
    }

    private async Task PutPaymentAsync(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        if (await ReadAsync(context) is not { } fields)
            return;
        if (!PaymentIds.IsValid(id))
            fields.Refuse("id", "must be 1 to 255 characters of A-Z a-z 0-9 - _ . :");
        if (PaymentScript.Read(fields) is not { } script || fields.Errors.Count > 0)
        {
            RefuseFields(context, fields);
            return;
        }

        var now = clock.GetUtcNow();
        worlds.Current.Payments.FindOrCreate(id, script.Amount).Change(now, state => script.Apply(state, now));
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task PutFaultsAsync(HttpContext context)
    {
        if (await ReadAsync(context) is not { } fields)
            return;
        if (FaultScript.Read(fields) is not { } script)
        {
            RefuseFields(context, fields);
            return;
        }

        worlds.Current.Faults.Change(script.Target, script.Apply);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private Task GetFaults(HttpContext context)
    {
        JsonAnswer.Send(
            context,
            StatusCodes.Status200OK,
            worlds.Current.Faults.View(),
            static (writer, view) => JsonSerializer.Serialize(writer, view, SandboxJson.Default.FaultsView));
        return Task.CompletedTask;
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
        if (text.Length > 0 && !(double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out seconds)
            && seconds <= 600))
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

    private static async Task<FieldReader?> ReadAsync(HttpContext context)
    {
        var body = JsonBody.Parse(await JsonBody.ReadAsync(context.Request));
        if (body is { ValueKind: JsonValueKind.Object } fields)
            return new FieldReader(fields);
        Problem.Send(context, StatusCodes.Status400BadRequest, "The body is not a JSON object.");
        return null;
    }

    private static void RefuseFields(HttpContext context, FieldReader fields) => Problem.Send(
        context, StatusCodes.Status422UnprocessableEntity, "Some fields are wrong.", fields.Errors);

    private static RequestDelegate Done(Action act) => context =>
    {
        act();
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    };

    private static void Refuse(IEndpointRouteBuilder routes, string path, string allowed) =>
        routes.OnOtherMethods(path, allowed, static context =>
        {
            Problem.Send(context, StatusCodes.Status405MethodNotAllowed, "The method is not allowed here.");
            return Task.CompletedTask;
        });
}
