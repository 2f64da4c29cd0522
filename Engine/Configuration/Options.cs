using System.Net;
using Orleans.Storage;

namespace Orleans.Configuration
{
    /// <summary>Which cluster a silo belongs to.</summary>
    public class ClusterOptions
    {
        /// <summary>One deployment; silos of one cluster find each other by it. Default: "default".</summary>
        public string ClusterId { get; set; } = "default";

        /// <summary>The service, over all its deployments; names its stored states. Default: "default".</summary>
        public string ServiceId { get; set; } = "default";
    }

    public class SiloOptions
    {
        /// <summary>For people. Default: made up.</summary>
        public string? SiloName { get; set; }
    }

    /// <summary>Where a silo listens for others, and for clients.</summary>
    public class EndpointOptions
    {
        public const int DEFAULT_SILO_PORT = 11111;

        public const int DEFAULT_GATEWAY_PORT = 30000;

        /// <summary>The address under which others reach it. Default: the loopback address.</summary>
        public IPAddress AdvertisedIPAddress { get; set; } = IPAddress.Loopback;

        public int SiloPort { get; set; } = DEFAULT_SILO_PORT;

        public int GatewayPort { get; set; } = DEFAULT_GATEWAY_PORT;

        /// <summary>Null: the advertised address and port.</summary>
        public IPEndPoint? SiloListeningEndpoint { get; set; }

        /// <summary>Null: the advertised address and port.</summary>
        public IPEndPoint? GatewayListeningEndpoint { get; set; }
    }

    public abstract class MessagingOptions
    {
        /// <summary>
        /// How long a caller waits for an answer before it gets a <see cref="TimeoutException"/>. Default: 30 s.
        /// </summary>
        public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

        /// <summary>Whether a call that timed out also cancels the token the grain got. Default: false.</summary>
        public bool CancelRequestOnTimeout { get; set; }

        /// <summary>The largest body of a message, in bytes. Default: 100 MiB.</summary>
        public int MaxMessageBodySize { get; set; } = 100 * 1024 * 1024;
    }

    public class SiloMessagingOptions : MessagingOptions;

    public class ClientMessagingOptions : MessagingOptions;

    /// <summary>When activations that nobody uses go.</summary>
    public class GrainCollectionOptions
    {
        /// <summary>
        /// How long an activation stays without use; longer than <see cref="CollectionQuantum"/>. Default: 15 min.
        /// </summary>
        public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

        /// <summary>How often is looked for idle ones. Default: 1 min.</summary>
        public TimeSpan CollectionQuantum { get; set; } = TimeSpan.FromMinutes(1);

        /// <summary>Other ages, by the full name of a grain class.</summary>
        public Dictionary<string, TimeSpan> ClassSpecificCollectionAge { get; set; } = [];

        /// <summary>How long <c>OnActivateAsync</c> may take. Default: 30 s.</summary>
        public TimeSpan ActivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

        /// <summary>How long running calls and <c>OnDeactivateAsync</c> may take in all. Default: 30 s.</summary>
        public TimeSpan DeactivationTimeout { get; set; } = TimeSpan.FromSeconds(30);
    }

    public class MemoryGrainStorageOptions
    {
        /// <summary>
        /// How states become bytes. Default: null; states are copied, or written as JSON if their type may not cross
        /// calls.
        /// </summary>
        public IGrainStorageSerializer? GrainStorageSerializer { get; set; }
    }
}

namespace Orleans.Hosting
{
    public sealed class ReminderOptions
    {
        /// <summary>The shortest period allowed. Default: 1 min.</summary>
        public TimeSpan MinimumReminderPeriod { get; set; } = TimeSpan.FromMinutes(1);

        /// <summary>How often the table is read again. Default: 5 min.</summary>
        public TimeSpan RefreshReminderListPeriod { get; set; } = TimeSpan.FromMinutes(5);
    }
}
