using System.Collections.Concurrent;
using CoffeePayment.Engine.Identity;
using CoffeePayment.Engine.Wire;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Messaging;

/// <summary>The questions that this node has asked others, and those it can answer.</summary>
internal sealed class Questions(Node node) : IQuestions
{
    private readonly ConcurrentDictionary<long, (SiloAddress Asked, TaskCompletionSource<Message> Answer)> _asked =
        new();
    private readonly ConcurrentDictionary<uint, Answerer> _answerers = new();

    private delegate ValueTask<ReadOnlyMemory<byte>> Answerer(SiloAddress sender, ReadOnlyMemory<byte> question);

    public async Task<TAnswer> AskAsync<TQuestion, TAnswer>(
        SiloAddress silo, TQuestion question, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        var hash = NameOf<TQuestion>.Hash;
        var body = Codec.Get<TQuestion>().Encode(question);
        if (silo.Equals(node.Address))
            return Codec.Get<TAnswer>().Decode(await AnswerAsync(hash, silo, body), node.GrainFactory);

        var source = new TaskCompletionSource<Message>();
        var id = node.NextId();
        _asked[id] = (silo, source);
        try
        {
            node.Network.Send(new Message
            {
                Kind = MessageKind.Question,
                Id = id,
                Sender = node.Address,
                Target = silo,
                ViewVersion = node.ViewVersion,
                Method = hash,
                Body = body,
            });
            var answer = await source.Task.WaitAsync(timeout, node.Time, cancellationToken);
            return Codec.Get<TAnswer>().Decode(answer.Body, node.GrainFactory);
        }
        finally
        {
            _asked.TryRemove(id, out _);
        }
    }

    public void Answer<TQuestion, TAnswer>(Func<SiloAddress, TQuestion, ValueTask<TAnswer>> answerer) =>
        _answerers[NameOf<TQuestion>.Hash] = async (sender, body) =>
        {
            var question = Codec.Get<TQuestion>().Decode(body, node.GrainFactory);
            return Codec.Get<TAnswer>().Encode(await answerer(sender, question));
        };

    public void Receive(Message message) => _ = node.Turns.Run(() => AnswerAsync(message));

    public void ReceiveAnswer(Message message)
    {
        if (!_asked.TryGetValue(message.Id, out var asked)) return;
        if (message.Method != 0) asked.Answer.TrySetResult(message);
        else asked.Answer.TrySetException(Failures.Decode(message.Body));
    }

    public void NotSent(Message message, Exception reason)
    {
        if (_asked.TryGetValue(message.Id, out var asked))
            asked.Answer.TrySetException(new SiloUnavailableException($"{message.Target} cannot be reached.", reason));
    }

    public void Disconnected(SiloAddress peer)
    {
        foreach (var (silo, answer) in _asked.Values)
        {
            if (silo.Equals(peer)) answer.TrySetException(new SiloUnavailableException($"{peer} was lost."));
        }
    }

    private async Task AnswerAsync(Message message)
    {
        var (method, body) = (message.Method, default(ReadOnlyMemory<byte>));
        var sender = node.AddressOf(message.Sender);
        try
        {
            body = await AnswerAsync(message.Method, sender, message.Body);
        }
        catch (Exception exception)
        {
            (method, body) = (0, Failures.Encode(exception));
        }

        node.Network.Send(new Message
        {
            Kind = MessageKind.Answer,
            Id = message.Id,
            Sender = node.Address,
            Target = sender,
            ViewVersion = node.ViewVersion,
            Method = method,
            Body = body,
        });
    }

    private ValueTask<ReadOnlyMemory<byte>> AnswerAsync(uint hash, SiloAddress sender, ReadOnlyMemory<byte> question) =>
        _answerers.TryGetValue(hash, out var answerer)
            ? answerer(sender, question)
            : throw new NotSupportedException($"{node.Address} has no answer to question {hash:x8}.");

    /// <summary>How a type of question is told from others on the wire; 0 is left to failures.</summary>
    private static class NameOf<TQuestion>
    {
        public static readonly uint Hash =
            Math.Max(1, StableHash.Compute(System.Text.Encoding.UTF8.GetBytes(typeof(TQuestion).FullName!)));
    }
}
