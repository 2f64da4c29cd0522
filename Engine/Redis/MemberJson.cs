using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Orleans;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Redis;

/// <summary>A silo as the list has it: JSON with the names, order and formats of the official package.</summary>
internal static class MemberJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(MembershipEntry entry)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            WriteAddress(json, "SiloAddress", entry.SiloAddress);
            json.WriteNumber("Status", (int)entry.Status);
            WriteSuspectTimes(json, entry);
            json.WriteNumber("ProxyPort", entry.ProxyPort);
            json.WriteString("HostName", entry.HostName);
            json.WriteString("SiloName", entry.SiloName);
            json.WriteString("RoleName", entry.RoleName);
            json.WriteNumber("UpdateZone", entry.UpdateZone);
            json.WriteNumber("FaultZone", entry.FaultZone);
            json.WriteString("StartTime", entry.StartTime);
            json.WriteString("IAmAliveTime", entry.IAmAliveTime);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    public static MembershipEntry Read(string text)
    {
        using var document = JsonDocument.Parse(text);
        var json = document.RootElement;
        return new MembershipEntry
        {
            SiloAddress = ReadAddress(json.GetProperty("SiloAddress")),
            Status = (SiloStatus)json.GetProperty("Status").GetInt32(),
            SuspectTimes = ReadSuspectTimes(json),
            ProxyPort = json.GetProperty("ProxyPort").GetInt32(),
            HostName = ReadText(json, "HostName"),
            SiloName = ReadText(json, "SiloName"),
            RoleName = ReadText(json, "RoleName"),
            UpdateZone = json.GetProperty("UpdateZone").GetInt32(),
            FaultZone = json.GetProperty("FaultZone").GetInt32(),
            StartTime = json.GetProperty("StartTime").GetDateTime(),
            IAmAliveTime = json.GetProperty("IAmAliveTime").GetDateTime(),
        };
    }

    /// <summary>A time within the JSON, without the quotes.</summary>
    public static string TimeOf(DateTime time) => JsonSerializer.Serialize(time)[1..^1];

    private static void WriteSuspectTimes(Utf8JsonWriter json, MembershipEntry entry)
    {
        json.WriteStartArray("SuspectTimes");
        foreach (var (silo, time) in entry.SuspectTimes ?? [])
        {
            json.WriteStartObject();
            WriteAddress(json, "Item1", silo);
            json.WriteString("Item2", time);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static List<Tuple<SiloAddress, DateTime>> ReadSuspectTimes(JsonElement json) =>
        json.TryGetProperty("SuspectTimes", out var suspects) && suspects.ValueKind == JsonValueKind.Array
            ? [.. suspects.EnumerateArray().Select(suspect => Tuple.Create(
                ReadAddress(suspect.GetProperty("Item1")), suspect.GetProperty("Item2").GetDateTime()))]
            : [];

    private static string ReadText(JsonElement json, string name) =>
        json.TryGetProperty(name, out var text) ? text.GetString() ?? "" : "";

    // An IPv6 address has no brackets there.
    private static void WriteAddress(Utf8JsonWriter json, string name, SiloAddress silo)
    {
        json.WriteStartObject(name);
        json.WriteString("SiloAddress", string.Create(
            CultureInfo.InvariantCulture, $"{silo.Endpoint.Address}:{silo.Endpoint.Port}@{silo.Generation}"));
        json.WriteEndObject();
    }

    private static SiloAddress ReadAddress(JsonElement json)
    {
        var text = json.GetProperty("SiloAddress").GetString()!;
        var colon = text.LastIndexOf(':');
        var at = text.LastIndexOf('@');
        return SiloAddress.New(
            IPAddress.Parse(text.AsSpan(0, colon)),
            int.Parse(text.AsSpan(colon + 1, at - colon - 1), NumberStyles.None, CultureInfo.InvariantCulture),
            int.Parse(text.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
    }
}
