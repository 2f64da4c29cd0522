using System.Net;

namespace CoffeePayment.Sandbox;

/// <summary>How a sandbox behaves from its start on. Most of it can be changed later through the controls.</summary>
public sealed class SandboxOptions
{
    /// <summary>
    /// Where to listen: an http address on a loopback interface, by default <c>http://127.0.0.1:5090</c>. Port 0
    /// takes a free one, which <see cref="SandboxServer.Url"/> tells.
    /// </summary>
    public string Url { get; set; } = "http://127.0.0.1:5090";

    /// <summary>
    /// The account that the provider knows; default <c>sandbox</c>. Everybody else is answered with 401.
    /// </summary>
    public string AccountId { get; set; } = "sandbox";

    /// <summary>The secret key of the account; default <c>sandbox</c>.</summary>
    public string SecretKey { get; set; } = "sandbox";

    /// <summary>The bearer token that the machine accepts; default <c>sandbox</c>.</summary>
    public string MachineToken { get; set; } = "sandbox";

    /// <summary>How long every answer of the provider takes at least; default none.</summary>
    public TimeSpan ProviderLatency { get; set; }

    /// <summary>How long every answer of the machine takes at least; default none.</summary>
    public TimeSpan MachineLatency { get; set; }

    /// <summary>What makes ids and random faults repeatable. Default null: different at every start.</summary>
    public int? Seed { get; set; }

    /// <summary>
    /// How many of the latest requests are remembered for each payment, 0 to 10,000; default 100, none with 0.
    /// </summary>
    public int RequestsKept { get; set; } = 100;

    /// <summary>
    /// Whether a payment that nobody has created is answered as pending, of the <see cref="DefaultAmount"/>, and
    /// exists from then on. Default false: such a payment is not found. Meant for benchmarks, which then need no
    /// set-up.
    /// </summary>
    public bool AnswerUnknownAsPending { get; set; }

    /// <summary>Which unknown ids <see cref="AnswerUnknownAsPending"/> is about; default empty: all.</summary>
    public string UnknownIdPrefix { get; set; } = "";

    /// <summary>The amount of payments that are not created through the provider's API; default 100.00.</summary>
    public decimal DefaultAmount { get; set; } = 100m;

    /// <summary>The currency that goes with <see cref="DefaultAmount"/>; default <c>RUB</c>.</summary>
    public string DefaultCurrency { get; set; } = "RUB";

    /// <summary>
    /// How long a payment stays pending before it is canceled as expired; default 1 h, as YooKassa does it.
    /// </summary>
    public TimeSpan ConfirmationPeriod { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How long an authorized payment waits for its capture; default 7 days, as YooKassa does it for cards.
    /// </summary>
    public TimeSpan CapturePeriod { get; set; } = TimeSpan.FromDays(7);

    /// <summary>The clock; default the system's.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>
    /// Told of every bug of the sandbox itself, besides the 500 which the caller gets; default nobody.
    /// </summary>
    public Action<Exception>? OnFailure { get; set; }

    /// <summary>The address and port that <see cref="Url"/> means.</summary>
    /// <exception cref="ArgumentException">A setting is out of its range; the message names it.</exception>
    internal IPEndPoint Validate()
    {
        Demand(AccountId.Length > 0 && !AccountId.Contains(':'), nameof(AccountId), AccountId, "text without a colon");
        Demand(SecretKey.Length > 0, nameof(SecretKey), "", "not empty");
        Demand(MachineToken.Length > 0, nameof(MachineToken), "", "not empty");
        Demand(ProviderLatency >= TimeSpan.Zero, nameof(ProviderLatency), ProviderLatency, "0 or more");
        Demand(MachineLatency >= TimeSpan.Zero, nameof(MachineLatency), MachineLatency, "0 or more");
        Demand(RequestsKept is >= 0 and <= 10_000, nameof(RequestsKept), RequestsKept, "0 to 10,000");
        Demand(DefaultAmount is > 0 and < 1_000_000_000, nameof(DefaultAmount), DefaultAmount, "above 0, below 10^9");
        Demand(DefaultCurrency.Length == 3, nameof(DefaultCurrency), DefaultCurrency, "a code of three letters");
        Demand(ConfirmationPeriod > TimeSpan.Zero, nameof(ConfirmationPeriod), ConfirmationPeriod, "more than 0");
        Demand(CapturePeriod > TimeSpan.Zero, nameof(CapturePeriod), CapturePeriod, "more than 0");

        const string Allowed = "http://, a loopback address, and nothing after the port";
        var isUrl = Uri.TryCreate(Url, UriKind.Absolute, out var url)
            && url is { Scheme: "http", PathAndQuery: "/", IsLoopback: true };
        Demand(isUrl, nameof(Url), Url, Allowed);
        var address = IPAddress.TryParse(url!.DnsSafeHost, out var parsed) ? parsed : IPAddress.Loopback;
        return new IPEndPoint(address, url.Port);
    }

    private static void Demand(bool holds, string name, object value, string allowed)
    {
        if (!holds)
            throw new ArgumentException($"Sandbox setting {name} is '{value}'; allowed: {allowed}.", name);
    }
}
