namespace Orleans.Messaging;

/// <summary>Where clients learn which gateways there are.</summary>
public interface IGatewayListProvider
{
    /// <summary>How old a list may be.</summary>
    TimeSpan MaxStaleness { get; }

    /// <summary>Whether it is worth asking again.</summary>
    bool IsUpdatable { get; }

    Task InitializeGatewayListProvider();

    /// <summary>The gateways of the active silos, as <c>gwy.tcp://address:port/generation</c>.</summary>
    Task<IList<Uri>> GetGateways();
}
