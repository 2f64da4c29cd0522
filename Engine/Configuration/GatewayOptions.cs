namespace Orleans.Configuration;

/// <summary>How clients find gateways.</summary>
public class GatewayOptions
{
    /// <summary>How often the list of gateways is read again. Default: 1 min.</summary>
    public TimeSpan GatewayListRefreshPeriod { get; set; } = TimeSpan.FromMinutes(1);
}
