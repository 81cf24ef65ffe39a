using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ImageAnalysis.Core;

namespace ImageAnalysis.Cli;

/// <summary><c>ima pxrd</c>: powder patterns, simulated and fitted.</summary>
internal static class PxrdCommand
{
    private const string About = "Simulate powder diffraction patterns, and fit site occupancies to measured ones.";

    private const string More = """
        Examples:
          ima pxrd simulate --model models/cu2se-table2-6nm.cif --size-nm 6 --out a.xy
          ima pxrd fit a.xy --out a.json
          ima pxrd fit --help                     more on a command

        Exit codes:
          0 done   2 bug   3 bad or refused file   64 wrong usage
        """;

    /// <summary>Makes the command with its two parts.</summary>
    public static Command Make(Terminal terminal) => new TaughtCommand("pxrd", About, More) { PxrdSimulateCommand.Make(terminal), PxrdFitCommand.Make(terminal) };

    /// <summary>An option of one or two wavelengths.</summary>
    public static Option<PowderWavelengths?> Wavelength(string description) => new("--wavelength")
    {
        Description = description,
        HelpName = "X[,Y]",
        CustomParser = given => Numbers(given, 1, 2) is { } found && found.All(value => value is >= 0.1 and <= 10)
            ? found.Length == 1 ? new PowderWavelengths(found[0]) : new PowderWavelengths(found[0], found[1], 0.5)
            : Refused<PowderWavelengths?>(given, "--wavelength", "one wavelength in Å (0.1…10), or those of Kα₁ and Kα₂, such as 1.540593,1.544427"),
    };

    /// <summary>An option that is a number within limits.</summary>
    public static Option<double?> Number(string name, string help, string description, double low, double high)
    {
        string expected = string.Create(CultureInfo.InvariantCulture, $"a number from {low} to {high}, decimals with a point");
        return new(name)
        {
            Description = description,
            HelpName = help,
            CustomParser = given => Numbers(given, 1, 1) is [double value] && value >= low && value <= high ? value : Refused<double?>(given, name, expected),
        };
    }

    /// <summary>An option of two increasing angles.</summary>
    public static Option<(double FirstDeg, double LastDeg)[]> Angles(string name, string description, bool several)
    {
        const string expected = "two angles 2θ in degrees, the smaller first, such as 15,65";
        return new(name)
        {
            Description = description,
            HelpName = "FROM,TO",
            AllowMultipleArgumentsPerToken = false,
            Arity = several ? ArgumentArity.OneOrMore : ArgumentArity.ExactlyOne,
            CustomParser = given =>
            {
                List<(double, double)> ranges = [];
                foreach (Token token in given.Tokens)
                {
                    if (Parsed(token.Value) is [double first, double last] && first > 0 && first < last && last < 180)
                    {
                        ranges.Add((first, last));
                    }
                    else
                    {
                        given.AddError($"{name}: found \"{token.Value}\"; expected {expected}.");
                    }
                }

                return [.. ranges];
            },
        };
    }

    private static double[]? Numbers(ArgumentResult given, int least, int most)
    {
        double[]? found = given.Tokens.Count == 1 ? Parsed(given.Tokens[0].Value) : null;
        return found is not null && found.Length >= least && found.Length <= most ? found : null;
    }

    private static double[]? Parsed(string text)
    {
        double?[] numbers = [.. text.Split(',').Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : (double?)null)];
        return numbers.All(number => number is not null) ? [.. numbers.Select(number => number!.Value)] : null;
    }

    private static T? Refused<T>(ArgumentResult given, string name, string expected)
    {
        string text = given.Tokens.Count == 1 ? given.Tokens[0].Value : string.Empty;
        given.AddError($"{name}: found \"{text}\"; expected {expected}.");
        return default;
    }
}
