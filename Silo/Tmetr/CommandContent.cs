using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using CoffeePayment.Orders;

namespace CoffeePayment.Silo.Tmetr;

/// <summary>
/// The body of one make command. It can be sent once, or given up and then never: so no layer below can send a second
/// command, and a command that was given up before it was sent did certainly not leave.
/// </summary>
internal sealed class CommandContent : HttpContent
{
    private const int Waiting = 0;
    private const int Sent = 1;
    private const int GivenUp = 2;

    private readonly byte[] _json;
    private int _state = Waiting;

    public CommandContent(MakeCommand command)
    {
        _json = Write(command);
        Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
    }

    /// <summary>Forbids sending from now on. False if it is too late: some of the command may have left.</summary>
    public bool TryGiveUp() => Interlocked.CompareExchange(ref _state, GivenUp, Waiting) != Sent;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref _state, Sent, Waiting) != Waiting)
            throw new InvalidOperationException("A make command must not be sent twice.");

        await stream.WriteAsync(_json, cancellationToken).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _json.Length;
        return true;
    }

    private static byte[] Write(MakeCommand command)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            writer.WriteStartObject();
            writer.WriteString("deviceId", command.DeviceUuid);
            writer.WriteString("orderUuid", command.CommandId);
            writer.WriteString("drinkUuid", command.DrinkNumber);
            writer.WriteString("size", WireNames.Of(command.Size));
            writer.WriteNumber("price", command.Price.MinorUnits);
            writer.WriteEndObject();
            writer.WriteEndArray();
        }

        return buffer.ToArray();
    }
}
