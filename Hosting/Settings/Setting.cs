namespace CoffeePayment.Hosting.Settings;

/// <summary>One setting: what it is called, what it means and what it may be.</summary>
public abstract class Setting
{
    private protected Setting(string name, string? @default, string allowed, string meaning)
    {
        Name = name;
        Default = @default;
        Allowed = allowed;
        Meaning = meaning;
    }

    /// <summary>The name in the environment and in <c>appsettings.json</c>.</summary>
    public string Name { get; }

    /// <summary>What it is when nobody sets it, as one would write it; null means unset.</summary>
    public string? Default { get; }

    /// <summary>What it may be, as the end of a sentence that starts with "it must be".</summary>
    public string Allowed { get; }

    /// <summary>What it is for.</summary>
    public string Meaning { get; }

    /// <summary>
    /// Whether nobody may read it: it is shown as <see cref="SettingError.Mask"/>, and can also come from the file that
    /// <see cref="FileName"/> names.
    /// </summary>
    public bool IsSecret { get; init; }

    /// <summary>Whether an empty value means something; elsewhere it is as if the setting were not set.</summary>
    public bool IsEmptyMeant { get; init; }

    /// <summary>The setting that names a file with this secret in it.</summary>
    public string FileName => Name + FileSuffix;

    internal const string FileSuffix = "_FILE";

    /// <summary>Reads the text; false if it is not allowed.</summary>
    internal abstract bool TryParse(string text, out object? value);
}

/// <summary>A setting and the type of its value.</summary>
public sealed class Setting<T> : Setting
{
    private readonly SettingParser<T> _parser;

    internal Setting(string name, string? @default, string allowed, string meaning, SettingParser<T> parser)
        : base(name, @default, allowed, meaning) => _parser = parser;

    internal override bool TryParse(string text, out object? value)
    {
        var isAllowed = _parser(text.Trim(), out var parsed);
        value = parsed;
        return isAllowed;
    }
}

/// <summary>Reads a trimmed text; false if it is not what the setting allows.</summary>
internal delegate bool SettingParser<T>(string text, out T value);

/// <summary>Why the service does not start: the one line that is printed.</summary>
/// <param name="Name">The setting.</param>
/// <param name="Value">Its value as it may be shown; null if it has none.</param>
/// <param name="Allowed">What it must be, as the end of a sentence.</param>
public sealed record SettingError(string Name, string? Value, string Allowed)
{
    /// <summary>What is shown in place of a secret.</summary>
    public const string Mask = "***";

    private const int LongestShown = 200;

    public override string ToString() =>
        $"{Name} is {(Value is null ? "not set" : $"'{Shown(Value)}'")}: it must be {Allowed}.";

    // One line, whatever somebody put into the value.
    private static string Shown(string value)
    {
        var line = string.Concat(value.Select(c => char.IsControl(c) ? ' ' : c));
        return line.Length <= LongestShown ? line : $"{line[..LongestShown]}...";
    }
}

/// <summary>What a setting is, and where that came from.</summary>
/// <param name="Name">The setting; a merchant's have their path as their name.</param>
/// <param name="Shown">Its value as it may be shown; null if it is not set.</param>
/// <param name="Source">In words: <c>default</c>, <c>environment</c>, <c>appsettings.json</c>, ...</param>
/// <param name="Value">Its value, parsed.</param>
public sealed record SettingValue(string Name, string? Shown, string Source, object? Value);
