namespace CoffeePayment.Api.OpenApi;

/// <summary>The groups that calls are listed under.</summary>
internal static class Tags
{
    public const string Orders = "Orders";

    public const string Webhooks = "Webhooks";

    public const string Sessions = "Sessions";

    public const string Service = "Service";
}
