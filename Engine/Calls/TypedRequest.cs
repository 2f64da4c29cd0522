using CoffeePayment.Engine.Activations;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Calls;

/// <summary>A call with its arguments (a value tuple) and its result (<see cref="Nothing"/> if it has none).</summary>
internal sealed class Request<TArguments, TResult>(
    ICaller caller, GrainId target, MethodModel<TArguments, TResult> method, TArguments arguments)
    : Request(caller, target)
{
    private readonly TaskCompletionSource<TResult> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TArguments _arguments = arguments;
    private TResult _result = default!;
    private bool _isIsolated;

    public override MethodModel Method => method;

    public Task<TResult> Task => _source.Task;

    public override void IsolateArguments()
    {
        // A forwarded request comes here again, when its arguments are nobody else's already.
        if (_isIsolated) return;
        _arguments = method.ArgumentCopier.Copy(_arguments);
        _isIsolated = true;
    }

    public override void IsolateResult()
    {
        if (Failure is not null) return;
        try
        {
            _result = method.ResultCopier.Copy(_result);
        }
        catch (Exception exception)
        {
            SetFailure(exception);
        }
    }

    public override ReadOnlyMemory<byte> EncodeArguments() => method.ArgumentCodec.Encode(_arguments);

    public override ReadOnlyMemory<byte> EncodeResult() => method.ResultCodec.Encode(_result);

    public override void DecodeResult(ReadOnlyMemory<byte> body, GrainFactory factory) =>
        _result = method.ResultCodec.Decode(body, factory);

    public override void Run(Activation activation)
    {
        if (IsCompleted) activation.Ended(this);
        else _ = RunAsync(activation);
    }

    protected override void DeliverResult() => _source.TrySetResult(_result);

    protected override void DeliverFailure(Exception exception)
    {
        if (exception is OperationCanceledException) _source.TrySetFromTask(Throw());
        else _source.TrySetException(exception);

        // The only way to a cancelled task which throws the very exception that was given.
        async Task<TResult> Throw()
        {
            await System.Threading.Tasks.Task.CompletedTask;
            throw exception;
        }
    }

    private async Task RunAsync(Activation activation)
    {
        var profile = activation.Class.Profile;
        var began = profile?.Begin() ?? 0;
        Exception? failure = null;
        try
        {
            _result = await method.Invoke(activation.GrainInstance!, _arguments, CalleeToken);
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        profile?.End(method, began, failure);
        Answer(activation, failure);
    }
}

/// <summary>The result of methods that have none.</summary>
internal readonly struct Nothing;
