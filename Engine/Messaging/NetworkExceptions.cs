using Orleans.Runtime;

namespace CoffeePayment.Engine.Messaging;

/// <summary>A side told why it does not talk with the other, and trying again will not help.</summary>
internal sealed class ConnectionRefusedByPeerException(string message) : OrleansException(message);

/// <summary>There is no connection, or no longer.</summary>
internal sealed class ConnectionFailedException(string message, Exception? innerException = null)
    : OrleansException(message, innerException);

/// <summary>More waits to be sent to that peer than may: it reads too slowly.</summary>
internal sealed class PeerTooSlowException(string message) : OrleansException(message);

/// <summary>The message is larger than any may be.</summary>
internal sealed class MessageTooLargeException(string message) : OrleansException(message);
