namespace CoffeePayment.Silo.Import;

/// <summary>A file of orders.</summary>
internal interface IOrderSource
{
    /// <summary>The names of the columns; empty if every order names its fields itself.</summary>
    IReadOnlyList<string> Columns { get; }

    /// <summary>The orders in the file, and the lines that are none; read as they are asked for.</summary>
    IEnumerable<SourceRecord> Read();
}
