using CoffeePayment.Grains.Decisions;
using CoffeePayment.Orders;
using CoffeePayment.Ports;

namespace CoffeePayment.Tests.Decisions.Table;

/// <summary>
/// The kinds of event there are, each answer and outcome a kind of its own; read from the types, so that a new one is
/// missed in the table at once.
/// </summary>
public static class EventKinds
{
    public static IReadOnlyList<string> All { get; } =
        [.. CasesOf<OrderEvent>().SelectMany(type => DetailsOf(type).Select(detail => Name(type, detail)))];

    public static string Of(OrderEvent @event) => Name(@event.GetType(), @event switch
    {
        OrderEvent.CheckAnswered check => check.Answer.GetType().Name,
        OrderEvent.MakeAnswered make => make.Answer.GetType().Name,
        OrderEvent.Resolved resolved => resolved.Resolution.Outcome.ToString(),
        _ => "",
    });

    private static IEnumerable<string> DetailsOf(Type type) => type switch
    {
        _ when type == typeof(OrderEvent.CheckAnswered) => CasesOf<ProviderAnswer>().Select(answer => answer.Name),
        _ when type == typeof(OrderEvent.MakeAnswered) => CasesOf<MakeAnswer>().Select(answer => answer.Name),
        _ when type == typeof(OrderEvent.Resolved) => Enum.GetNames<ResolutionOutcome>(),
        _ => [""],
    };

    private static IEnumerable<Type> CasesOf<TUnion>() =>
        typeof(TUnion).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(TUnion)));

    private static string Name(Type type, string detail) => detail.Length == 0 ? type.Name : $"{type.Name} {detail}";
}
