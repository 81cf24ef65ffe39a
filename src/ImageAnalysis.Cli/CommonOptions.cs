using System.CommandLine;
using System.CommandLine.Parsing;

namespace ImageAnalysis.Cli;

/// <summary>Options that several commands have.</summary>
internal static class CommonOptions
{
    public static Option<int?> Jobs(string description)
    {
        Option<int?> jobs = new("--jobs") { Description = description, HelpName = "N" };
        jobs.Validators.Add(parsed =>
        {
            if (parsed.Tokens.Count == 1 && int.TryParse(parsed.Tokens[0].Value, out int number) && number < 1)
            {
                parsed.AddError($"--jobs: found {parsed.Tokens[0].Value}; expected 1 or more.");
            }
        });
        return jobs;
    }

    /// <summary>A value that is the name of a file or folder: not empty.</summary>
    public static T Named<T>(this T symbol)
        where T : Symbol
    {
        void Check(SymbolResult parsed)
        {
            if (parsed.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
            {
                parsed.AddError($"{(symbol is Option ? symbol.Name : $"<{symbol.Name}>")}: found an empty name; expected the name of a file or folder.");
            }
        }

        if (symbol is Option option)
        {
            option.Validators.Add(Check);
        }
        else if (symbol is Argument argument)
        {
            argument.Validators.Add(Check);
        }

        return symbol;
    }

    public static Option<string?> Rates() =>
        new("--rates") { Description = "rates.json of ima validate: sensitivity and false alarms on crystals of known truth, to correct the fractions with.", HelpName = "FILE" };

    public static Option<bool> Quiet() => new("--quiet") { Description = "No progress, notes and table: errors and bad files only." };
}
