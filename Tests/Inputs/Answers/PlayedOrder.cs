namespace CoffeePayment.Tests.Inputs.Answers;

/// <summary>An order whose payment gets strange replies, one after the other.</summary>
internal sealed class PlayedOrder(int number)
{
    /// <summary>What each of these orders costs, in roubles.</summary>
    public const decimal Price = 150;

    private volatile ProviderReply? _current;
    private int _asked;
    private int _commands;

    public string Id => $"played-{number}";

    public string PaymentId => $"payment-{number}";

    /// <summary>How often the provider was asked.</summary>
    public int Asked => Volatile.Read(ref _asked);

    /// <summary>How many commands the machine got.</summary>
    public int Commands => Volatile.Read(ref _commands);

    /// <summary>What the machine does when it gets a command.</summary>
    public (ProviderReply Reply, string[] Ends) Machine => MachineReplies.All[number % MachineReplies.All.Count];

    public ProviderReply? Previous { get; private set; }

    public ProviderReply? Current
    {
        get => _current;
        set
        {
            Previous = _current;
            _current = value;
        }
    }

    /// <summary>Whether the provider says so, or did just before: a check may be under way while it changes.</summary>
    public bool HasHeard(PaymentTruth truth) => Said(Current) == truth || Said(Previous) == truth;

    public PaymentTruth Said(ProviderReply? reply) =>
        reply is null ? PaymentTruth.Nothing : ReplyOracle.TruthOf(reply, PaymentId, Price);

    public ProviderReply Ask()
    {
        Interlocked.Increment(ref _asked);
        return Current!;
    }

    public ProviderReply Command()
    {
        Interlocked.Increment(ref _commands);
        return Machine.Reply;
    }
}
