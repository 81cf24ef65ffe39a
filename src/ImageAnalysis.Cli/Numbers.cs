using System.CommandLine.Parsing;
using System.Globalization;

namespace ImageAnalysis.Cli;

/// <summary>Numbers on the command line: decimals with a point, whatever the language of the computer.</summary>
internal static class Numbers
{
    /// <summary>Parses a number.</summary>
    public static double Parse(ArgumentResult given)
    {
        string text = given.Tokens.Count == 1 ? given.Tokens[0].Value : string.Empty;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value))
        {
            return value;
        }

        given.AddError($"{((given.Parent as OptionResult)?.IdentifierToken?.Value) ?? "value"}: found \"{text}\"; expected a number with a decimal point, such as 0.5.");
        return 0;
    }
}
