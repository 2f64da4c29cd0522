using System.Text.Json.Serialization;
using CoffeePayment.Orders;

namespace CoffeePayment.Silo.Storage;

/// <summary>How to write and read an order, generated at build time; names are the serializer's to choose.</summary>
[JsonSerializable(typeof(PaymentOrder))]
public sealed partial class OrderJsonContext : JsonSerializerContext;
