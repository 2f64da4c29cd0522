using System.CommandLine;
using System.CommandLine.Parsing;

namespace CoffeePayment.Silo.CommandLine;

/// <summary>What values may be; whatever else is given is an error in one line.</summary>
internal static class Restrictions
{
    /// <summary>One of the words.</summary>
    public static Option<T> OneOf<T>(this Option<T> option, params string[] words)
    {
        option.Validators.Add(result => Require(result, option.Name, words));
        option.CompletionSources.Add(words);
        return option;
    }

    /// <summary>One of the words.</summary>
    public static Argument<T> OneOf<T>(this Argument<T> argument, params string[] words)
    {
        argument.Validators.Add(result => Require(result, argument.Name, words));
        argument.CompletionSources.Add(words);
        return argument;
    }

    /// <summary>A whole number in a range.</summary>
    public static Option<T> Between<T>(this Option<T> option, int least, int most)
    {
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
            {
                if (int.TryParse(token.Value, out var number) && number >= least && number <= most) continue;

                result.AddError(
                    $"{option.Name} is '{token.Value}': it must be a whole number from {least} to {most}.");
            }
        });
        return option;
    }

    private static void Require(SymbolResult result, string name, string[] words)
    {
        foreach (var token in result.Tokens.Where(token => !words.Contains(token.Value)))
            result.AddError($"{name} is '{token.Value}': it must be one of {string.Join(", ", words)}.");
    }
}
