namespace CoffeePayment.Silo.Yookassa;

/// <summary>
/// Cancels one request when its time is up or its caller gives up. It has no timer of its own, so it holds nothing that
/// would have to be freed.
/// </summary>
internal sealed class RequestDeadline : CancellationTokenSource
{
    private CancellationTokenRegistration _caller;

    public RequestDeadline() => Place = new LinkedListNode<RequestDeadline>(this);

    /// <summary>Where it stands among those under way.</summary>
    public LinkedListNode<RequestDeadline> Place { get; }

    /// <summary>When the request began, as a timestamp.</summary>
    public long BeganAt { get; set; }

    public void Observe(CancellationToken caller) =>
        _caller = caller.UnsafeRegister(static self => ((RequestDeadline)self!).Cancel(), this);

    /// <summary>Lets go of the caller; says whether it was not cancelled and can serve another request.</summary>
    public bool TryReuse()
    {
        var isLetGo = _caller == default || _caller.Unregister();
        _caller = default;
        return isLetGo && TryReset();
    }
}
