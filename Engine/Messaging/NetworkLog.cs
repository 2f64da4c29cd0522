using System.Net;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Messaging;

/// <summary>What networks log.</summary>
internal sealed partial class NetworkLog(ILogger logger)
{
    [LoggerMessage(101, LogLevel.Information, "Listening for {Whom} on {Endpoint}")]
    public partial void Listening(string whom, EndPoint endpoint);

    [LoggerMessage(102, LogLevel.Debug, "Connected with {Peer}")]
    public partial void Connected(SiloAddress peer);

    [LoggerMessage(103, LogLevel.Information, "The connection with {Peer} has ended: {Reason}")]
    public partial void Disconnected(SiloAddress peer, string reason);

    [LoggerMessage(104, LogLevel.Warning, "No connection to {Peer}: {Reason}")]
    public partial void NotConnected(SiloAddress peer, string reason);

    [LoggerMessage(105, LogLevel.Warning, "A connection from {Endpoint} was not taken: {Reason}")]
    public partial void NotAccepted(EndPoint? endpoint, string reason);

    [LoggerMessage(106, LogLevel.Warning, "The connection with {Peer} is closed since {Reason}")]
    public partial void Broken(SiloAddress peer, string reason);

    [LoggerMessage(107, LogLevel.Warning, "Connections are not taken for the moment")]
    public partial void AcceptFailed(Exception exception);

    [LoggerMessage(108, LogLevel.Error, "What arrived from {Peer} could not be handed over")]
    public partial void ReceiverFailed(SiloAddress peer, Exception exception);
}
