namespace CoffeePayment.Silo.Import;

/// <summary>One line of a file.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Text">Its text without what ends it; the beginning only, of a line that is too long.</param>
/// <param name="IsTooLong">Whether it has more characters than any order can.</param>
internal readonly record struct SourceLine(long Number, string Text, bool IsTooLong);
