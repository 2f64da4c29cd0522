namespace CoffeePayment.Api.OpenApi;

/// <summary>What the OpenAPI document says of one call; metadata of its endpoint.</summary>
internal sealed record OperationDoc
{
    /// <summary>A name for generated clients, camel case; unique.</summary>
    public required string Id { get; init; }

    /// <summary>The group it is listed under.</summary>
    public required string Tag { get; init; }

    public required string Summary { get; init; }

    public required string Description { get; init; }

    public IReadOnlyList<ParameterDoc> Parameters { get; init; } = [];

    /// <summary>The request's body; null if it has none.</summary>
    public BodyDoc? Body { get; init; }

    public required IReadOnlyList<AnswerDoc> Answers { get; init; }

    /// <summary>Whether it may be called without an API key.</summary>
    public bool IsOpen { get; init; }
}

/// <summary>A part of the path, the query or the headers.</summary>
internal sealed record ParameterDoc
{
    public required string Name { get; init; }

    public required ParameterPlace In { get; init; }

    public required string Description { get; init; }

    public required string Example { get; init; }

    public ParameterShape Shape { get; init; }

    public bool IsRequired { get; init; }
}

/// <summary>Where a parameter is.</summary>
internal enum ParameterPlace
{
    Path,
    Query,
    Header,
}

/// <summary>What a parameter looks like.</summary>
internal enum ParameterShape
{
    Text,
    OrderId,
    OrderStatus,
    SchedulePart,
    PageSize,
    Flag,
}

/// <summary>A request's body.</summary>
/// <param name="Type">Its shape.</param>
/// <param name="Example">One that is accepted.</param>
internal sealed record BodyDoc(Type Type, object Example);

/// <summary>One status that a call may answer with.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Description">When, and what it means.</param>
/// <param name="Type">The shape of the body; null if there is none.</param>
/// <param name="Example">A body; null if there is none.</param>
/// <param name="ContentType">The body's type.</param>
/// <param name="Headers">The headers that matter, with what they mean.</param>
internal sealed record AnswerDoc(
    int Status,
    string Description,
    Type? Type = null,
    object? Example = null,
    string ContentType = Http.Responses.Json,
    IReadOnlyDictionary<string, string>? Headers = null);
