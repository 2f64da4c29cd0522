using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace CoffeePayment.Api.Http;

/// <summary>Writes answers. Whole and with their length, so that small ones leave in one packet.</summary>
internal static class Responses
{
    public const string Json = "application/json";

    public static Task WriteJsonAsync<T>(HttpContext context, int status, T value, JsonTypeInfo<T> type) =>
        WriteAsync(context, status, Json, JsonSerializer.SerializeToUtf8Bytes(value, type));

    public static async Task WriteAsync(HttpContext context, int status, string contentType, ReadOnlyMemory<byte> body)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, context.RequestAborted);
    }
}
