using System.Globalization;

namespace ImageAnalysis.Core;

/// <summary>Symmetry operations as text and back.</summary>
internal static class SymmetryOperationText
{
    private const int LongestText = 200;

    public static SymmetryOperation Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > LongestText)
        {
            throw new FormatException($"A symmetry operation of {text.Length} characters; expected at most {LongestText}, such as 'x,-y,z+1/2'.");
        }

        string[] rows = text.Split(',');
        if (rows.Length != 3)
        {
            throw new FormatException($"The symmetry operation '{text}' has {rows.Length} parts; expected three, such as 'x,-y,z+1/2'.");
        }

        int[] w = new int[9];
        double[] t = new double[3];
        for (int i = 0; i < 3; i++)
        {
            t[i] = ParseRow(rows[i], w.AsSpan(3 * i, 3), text);
        }

        try
        {
            return SymmetryOperation.Of(w, t[0], t[1], t[2]);
        }
        catch (ArgumentException problem)
        {
            throw new FormatException($"The symmetry operation '{text}' is none: {problem.Message}", problem);
        }
    }

    /// <summary>One of the three expressions as text.</summary>
    public static string Row(int x, int y, int z, double translation)
    {
        string text = Term(x, 'x') + Term(y, 'y') + Term(z, 'z');
        if (translation != 0)
        {
            text += "+" + Fraction(translation);
        }

        return text.TrimStart('+');
    }

    private static string Term(int factor, char axis) => factor switch
    {
        0 => string.Empty,
        1 => $"+{axis}",
        -1 => $"-{axis}",
        > 0 => string.Create(CultureInfo.InvariantCulture, $"+{factor}*{axis}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{factor}*{axis}"),
    };

    private static string Fraction(double translation)
    {
        foreach (int denominator in (ReadOnlySpan<int>)[2, 3, 4, 6, 8, 12, 24])
        {
            double numerator = translation * denominator;
            if (Math.Abs(numerator - Math.Round(numerator)) < 1e-9)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{Math.Round(numerator)}/{denominator}");
            }
        }

        return translation.ToString("0.######", CultureInfo.InvariantCulture);
    }

    // A sum of signed terms, each an axis, a number, a fraction, or a number times an axis. Returns the translation.
    private static double ParseRow(string row, Span<int> w, string whole)
    {
        double translation = 0;
        int at = 0;
        bool first = true;
        while (true)
        {
            SkipSpace(row, ref at);
            if (at == row.Length)
            {
                return first ? throw Bad(row, whole, "it is empty") : translation;
            }

            int sign = 1;
            if (row[at] is '+' or '-')
            {
                sign = row[at] == '-' ? -1 : 1;
                at++;
                SkipSpace(row, ref at);
            }
            else if (!first)
            {
                throw Bad(row, whole, $"'{row[at]}' where + or - was expected");
            }

            first = false;
            if (TryNumber(row, ref at, out double value))
            {
                SkipSpace(row, ref at);
                if (at < row.Length && row[at] == '/')
                {
                    at++;
                    SkipSpace(row, ref at);
                    if (!TryNumber(row, ref at, out double divisor) || divisor == 0)
                    {
                        throw Bad(row, whole, "a fraction without a denominator");
                    }

                    value /= divisor;
                    SkipSpace(row, ref at);
                }

                bool times = at < row.Length && row[at] == '*';
                if (times)
                {
                    at++;
                    SkipSpace(row, ref at);
                }

                if (TryAxis(row, ref at, out int axis))
                {
                    if (value != Math.Round(value) || Math.Abs(value) > 4)
                    {
                        throw Bad(row, whole, "an axis times a number that is not whole from -4 to 4");
                    }

                    w[axis] += sign * (int)value;
                }
                else if (times)
                {
                    throw Bad(row, whole, "'*' without an axis");
                }
                else
                {
                    translation += sign * value;
                }
            }
            else if (TryAxis(row, ref at, out int axis))
            {
                w[axis] += sign;
            }
            else
            {
                throw Bad(row, whole, at < row.Length ? $"'{row[at]}' where x, y, z or a number was expected" : "it ends after a sign");
            }
        }
    }

    private static void SkipSpace(string row, ref int at)
    {
        while (at < row.Length && char.IsWhiteSpace(row[at]))
        {
            at++;
        }
    }

    private static bool TryAxis(string row, ref int at, out int axis)
    {
        axis = at < row.Length ? char.ToLowerInvariant(row[at]) - 'x' : -1;
        if (axis is < 0 or > 2)
        {
            return false;
        }

        at++;
        return true;
    }

    private static bool TryNumber(string row, ref int at, out double value)
    {
        int start = at;
        while (at < row.Length && (char.IsAsciiDigit(row[at]) || row[at] == '.'))
        {
            at++;
        }

        value = 0;
        return at > start && double.TryParse(row.AsSpan(start, at - start), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);
    }

    private static FormatException Bad(string row, string whole, string found) =>
        new($"The symmetry operation '{whole}' can't be read at '{row.Trim()}': {found}. Expected a form such as 'x,-y,z+1/2'.");
}
