using System.Globalization;

namespace ImageAnalysis.Core;

/// <summary>Numbers of a CIF, with their standard deviations in brackets: 5.85(2) is 5.85 ± 0.02.</summary>
internal static class CifNumber
{
    private const int LongestNumber = 60;

    /// <summary>The number of a value.</summary>
    /// <exception cref="CifException">The value is no number.</exception>
    public static double Of(CifToken value, string name)
    {
        string text = value.Text.Trim();
        int bracket = text.IndexOf('(', StringComparison.Ordinal);
        string number = bracket < 0 ? text : text[..bracket];
        bool good = text.Length <= LongestNumber && (bracket < 0 || IsDeviation(text.AsSpan(bracket)));
        return good && double.TryParse(number, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double result)
            && double.IsFinite(result)
            ? result
            : throw new CifException(value.Line, $"{name} is '{CifTokenizer.Short(value.Text)}'", "a number such as 5.85 or 5.85(2)");
    }

    /// <summary>A number with its standard deviation as CIF writes it: the deviation has two digits below 20 of its last place, else one.</summary>
    public static string Text(double value, double? sigma)
    {
        if (sigma is not > 0 || !double.IsFinite(sigma.Value))
        {
            return value.ToString("0.########", CultureInfo.InvariantCulture);
        }

        // The deviation keeps two digits while they are 10 to 19, else one: the rule of 19 of Acta Crystallographica.
        int decimals = 1 - (int)Math.Floor(Math.Log10(sigma.Value));
        double digits = Math.Round(sigma.Value * Math.Pow(10, decimals));
        if (digits > 19)
        {
            decimals--;
            digits = Math.Round(sigma.Value * Math.Pow(10, decimals));
        }

        if (decimals < 0)
        {
            digits *= Math.Pow(10, -decimals);
            decimals = 0;
        }

        decimals = Math.Min(decimals, 15);
        return string.Create(CultureInfo.InvariantCulture, $"{value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)}({digits:0})");
    }

    private static bool IsDeviation(ReadOnlySpan<char> text) => text is ['(', .. { Length: > 0 } digits, ')'] && digits.IndexOfAnyExceptInRange('0', '9') < 0;
}
