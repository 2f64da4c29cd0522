using Microsoft.AspNetCore.Connections;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Messaging;

/// <summary>
/// A connection whose sides know each other: one loop writes what is queued, many messages a flush, one reads. A side
/// that stops says goodbye; the other then writes no more and closes, so that nothing written is lost.
/// </summary>
internal sealed class Link(
    ConnectionContext connection, Preamble own, Preamble other, OutgoingQueue queue, LinkSettings settings)
{
    private readonly SiloAddress _self = own.Identity.Address;
    private string? _reason;
    private volatile bool _isEnding;
    private volatile bool _isBroken;

    /// <summary>The other side, by the name that this side knows it by: a client knows a silo by its gateway.</summary>
    public SiloAddress Peer { get; } = own.Expected;

    public OutgoingQueue Queue => queue;

    /// <summary>Why it ended, for people.</summary>
    public string Reason => _reason ?? "this side stops";

    public void Abort(string reason)
    {
        Break(reason);
        connection.Abort();
    }

    /// <summary>Reads and writes until either side ends it.</summary>
    public async Task RunAsync()
    {
        var both = Task.WhenAll(ReadAsync(), WriteAsync());
        try
        {
            await both;
        }
        finally
        {
            queue.Close(new ConnectionFailedException($"The connection with {Peer} has ended: {Reason}"));
            await connection.Transport.Output.CompleteAsync();
            await connection.Transport.Input.CompleteAsync();
        }
    }

    private async Task ReadAsync()
    {
        var input = connection.Transport.Input;
        var reader = new MessageReader(_self, other.Identity.Address, settings.BodyBytesMax);
        try
        {
            while (!reader.IsOver)
            {
                var result = await input.ReadAsync();
                var buffer = result.Buffer;
                while (reader.Next(ref buffer) is { } message) HandOver(message);
                input.AdvanceTo(buffer.Start, buffer.End);
                if (!result.IsCompleted || reader.IsOver) continue;
                Abort("its other side ended it");
                return;
            }

            End("its other side stops");
            _ = AbortWhenAloneAsync();
        }
        catch (InvalidDataException exception)
        {
            if (!_isBroken) settings.Log.Broken(Peer, exception.Message);
            Abort(exception.Message);
        }
        catch (Exception exception)
        {
            Abort(exception.Message);
        }
    }

    private async Task WriteAsync()
    {
        var writer = new MessageWriter(connection.Transport.Output, _self, Peer);
        try
        {
            while (!_isEnding && await queue.WaitAsync())
            {
                while (!_isEnding && queue.TryTake(out var message)) await WriteAsync(writer, message);
                await FlushAsync(writer);
            }

            if (_isEnding) return;
            writer.Goodbye();
            await FlushAsync(writer);
            _ = AbortWhenAloneAsync();
        }
        catch (Exception exception)
        {
            Abort(exception.Message);
        }
    }

    private static async ValueTask WriteAsync(MessageWriter writer, Message message)
    {
        var rest = writer.Begin(message);
        while (writer.IsFull)
        {
            await FlushAsync(writer);
            rest = writer.Continue(rest);
        }
    }

    private static async ValueTask FlushAsync(MessageWriter writer)
    {
        if (!await writer.FlushAsync()) throw new ConnectionAbortedException("its other side takes no more");
    }

    // After a goodbye both sides close soon, having taken what the other wrote; if the other does not, this one does.
    private async Task AbortWhenAloneAsync()
    {
        using var closed = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed);
        try
        {
            await Task.Delay(settings.LingerTime, settings.Time, closed.Token);
            Abort("its other side did not close it");
        }
        catch (OperationCanceledException)
        {
        }
    }

    private void HandOver(Message message)
    {
        if (Peer.IsClient && !message.Sender.Equals(Peer))
            throw new InvalidDataException($"it sends messages in the name of {message.Sender}");
        try
        {
            settings.Receiver.Receive(message);
        }
        catch (Exception exception)
        {
            settings.Log.ReceiverFailed(Peer, exception);
        }
    }

    private void Break(string reason)
    {
        _isBroken = true;
        End(reason);
    }

    private void End(string reason)
    {
        Interlocked.CompareExchange(ref _reason, reason, null);
        _isEnding = true;
        queue.Close(new ConnectionFailedException($"The connection with {Peer} has ended: {Reason}"));
    }
}

/// <summary>What all links of a network have in common.</summary>
internal sealed record LinkSettings(
    IMessageReceiver Receiver, int BodyBytesMax, TimeSpan LingerTime, TimeProvider Time, NetworkLog Log);
