using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using System.Text.Json.Serialization;

namespace CoffeePayment.Silo.Tmetr;

/// <summary>
/// How the coffee machines' telemetry service is reached. The names in the summaries are the settings.
/// </summary>
public sealed class TmetrOptions
{
    /// <summary>
    /// <c>TMETR_HOST</c>: where the service is, http or https, without user name or query. No default.
    /// </summary>
    [Required]
    public Uri? Url { get; set; }

    /// <summary><c>TMETR_TOKEN</c>: the bearer token. Never logged, stored or serialized. No default.</summary>
    [Required]
    [JsonIgnore]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string Token { get; set; } = "";

    /// <summary>How long a command may take until its outcome counts as unknown. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The address; never the token.</summary>
    public override string ToString() => $"{Url}";
}
