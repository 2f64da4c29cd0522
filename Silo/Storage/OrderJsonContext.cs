using System.Text.Json.Serialization;
using CoffeePayment.Orders;

namespace CoffeePayment.Silo.Storage;

/// <summary>How to write and read an order, generated at build time. What names look like is the serializer's to say.</summary>
[JsonSerializable(typeof(PaymentOrder))]
public sealed partial class OrderJsonContext : JsonSerializerContext;
