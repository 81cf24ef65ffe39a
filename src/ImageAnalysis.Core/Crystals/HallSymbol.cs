using System.Globalization;

namespace ImageAnalysis.Core;

/// <summary>Hall symbols: short texts that define the symmetry operations of a space group in one setting, such as <c>-F 4 2 3</c>.</summary>
/// <remarks>S. R. Hall, Acta Cryst. A 37 (1981) 517, doi:10.1107/S0567739481001228; International Tables for Crystallography B, appendix A1.4.2.3.</remarks>
public static class HallSymbol
{
    private const int LongestSymbol = 60;

    private static readonly int[][] AboutZ =
    [
        [1, 0, 0, 0, 1, 0, 0, 0, 1],
        [-1, 0, 0, 0, -1, 0, 0, 0, 1],
        [0, -1, 0, 1, -1, 0, 0, 0, 1],
        [0, -1, 0, 1, 0, 0, 0, 0, 1],
        [],
        [1, -1, 0, 1, 0, 0, 0, 0, 1],
    ];

    /// <summary>The group that a Hall symbol defines.</summary>
    /// <param name="symbol">The symbol, such as <c>-F 4 2 3</c>, <c>P 61 2 (0 0 -1)</c> or <c>-P_2ybc</c>; case matters little.</param>
    /// <returns>The closed group.</returns>
    /// <exception cref="FormatException">The text is no Hall symbol, or changes the basis other than by a shift of the origin.</exception>
    /// <exception cref="ArgumentException">The operations generate more than 192.</exception>
    public static SymmetryGroup Parse(string symbol)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        string text = symbol.Replace('_', ' ').Trim();
        if (text.Length > LongestSymbol)
        {
            throw Bad(symbol, "it is too long");
        }

        (double x, double y, double z) = (0, 0, 0);
        int bracket = text.IndexOf('(', StringComparison.Ordinal);
        if (bracket >= 0)
        {
            (x, y, z) = Shift(text[bracket..], symbol);
            text = text[..bracket].Trim();
        }

        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is < 2 or > 5)
        {
            throw Bad(symbol, $"it has {words.Length} parts");
        }

        List<SymmetryOperation> generators = Lattice(words[0], symbol);
        (int Order, char Axis) previous = (0, 'z');
        for (int i = 1; i < words.Length; i++)
        {
            generators.Add(Rotation(words[i], i, ref previous, symbol));
        }

        // An operation (W, w) seen from an origin that is moved by -v is (W, w + v - W v).
        return SymmetryGroup.Of(generators.Select(operation =>
        {
            FractionalPosition moved = operation.Apply(new(-x, -y, -z));
            return SymmetryOperation.Of(
                [
                    operation.W11, operation.W12, operation.W13, operation.W21, operation.W22, operation.W23, operation.W31, operation.W32, operation.W33,
                ],
                moved.XFraction + x, moved.YFraction + y, moved.ZFraction + z);
        }));
    }

    private static List<SymmetryOperation> Lattice(string word, string symbol)
    {
        List<SymmetryOperation> operations = [];
        if (word.StartsWith('-'))
        {
            operations.Add(SymmetryOperation.Of([-1, 0, 0, 0, -1, 0, 0, 0, -1], 0, 0, 0));
            word = word[1..];
        }

        const double Half = 0.5, Third = 1 / 3.0, TwoThirds = 2 / 3.0;
        (double, double, double)[] centrings = word.ToUpperInvariant() switch
        {
            "P" => [],
            "A" => [(0, Half, Half)],
            "B" => [(Half, 0, Half)],
            "C" => [(Half, Half, 0)],
            "I" => [(Half, Half, Half)],
            "R" => [(TwoThirds, Third, Third), (Third, TwoThirds, TwoThirds)],
            "S" => [(Third, Third, TwoThirds), (TwoThirds, TwoThirds, Third)],
            "T" => [(Third, TwoThirds, Third), (TwoThirds, Third, TwoThirds)],
            "H" => [(TwoThirds, Third, 0), (Third, TwoThirds, 0)],
            "F" => [(0, Half, Half), (Half, 0, Half), (Half, Half, 0)],
            _ => throw Bad(symbol, $"'{word}' is no lattice"),
        };
        operations.AddRange(centrings.Select(t => SymmetryOperation.Of([1, 0, 0, 0, 1, 0, 0, 0, 1], t.Item1, t.Item2, t.Item3)));
        return operations;
    }

    // A rotation such as 4, -3*, 2" or 61ab: sign, order, axis, screw and glide parts.
    private static SymmetryOperation Rotation(string word, int position, ref (int Order, char Axis) previous, string symbol)
    {
        int at = 0;
        int sign = 1;
        if (word[at] == '-')
        {
            sign = -1;
            at++;
        }

        if (at == word.Length || word[at] is not ('1' or '2' or '3' or '4' or '6'))
        {
            throw Bad(symbol, $"'{word}' has no order of rotation");
        }

        int order = word[at++] - '0';
        char axis = at < word.Length ? char.ToLowerInvariant(word[at]) : ' ';
        if (axis is 'x' or 'y' or 'z' or '\'' or '"' or '*')
        {
            at++;
        }
        else
        {
            // The axes that the symbol leaves out.
            axis = (position, order) switch
            {
                (_, 1) or (1, _) => 'z',
                (2, 2) => previous.Order is 2 or 4 ? 'x' : '\'',
                (_, 3) => '*',
                _ => throw Bad(symbol, $"'{word}' has no axis"),
            };
        }

        int[] w = Matrix(order, axis, previous.Axis) ?? throw Bad(symbol, $"'{word}' has an axis that does not go with its order");
        double x = 0, y = 0, z = 0;
        for (; at < word.Length; at++)
        {
            (double dx, double dy, double dz) = Translation(word[at], order, axis) ?? throw Bad(symbol, $"'{word[at]}' in '{word}'");
            (x, y, z) = (x + dx, y + dy, z + dz);
        }

        if (axis is 'x' or 'y' or 'z')
        {
            previous = (order, axis);
        }

        return SymmetryOperation.Of([.. w.Select(element => sign * element)], x, y, z);
    }

    private static int[]? Matrix(int order, char axis, char previousAxis)
    {
        switch (axis)
        {
            case 'z':
                return AboutZ[order - 1];
            case 'x':
                return Cycled(AboutZ[order - 1], 1);
            case 'y':
                return Cycled(AboutZ[order - 1], 2);
            case '*':
                return order == 3 ? [0, 0, 1, 1, 0, 0, 0, 1, 0] : null;
            default:
                if (order != 2)
                {
                    return null;
                }

                int[] diagonal = axis == '\'' ? [0, -1, 0, -1, 0, 0, 0, 0, -1] : [0, 1, 0, 1, 0, 0, 0, 0, -1];
                return Cycled(diagonal, previousAxis switch { 'x' => 1, 'y' => 2, _ => 0 });
        }
    }

    // The same rotation with the axes renamed: z becomes x (once) or y (twice).
    private static int[] Cycled(int[] w, int times)
    {
        int[] cycled = new int[9];
        for (int row = 0; row < 3; row++)
        {
            for (int column = 0; column < 3; column++)
            {
                cycled[((row + times) % 3 * 3) + ((column + times) % 3)] = w[(row * 3) + column];
            }
        }

        return cycled;
    }

    private static (double X, double Y, double Z)? Translation(char part, int order, char axis)
    {
        switch (char.ToLowerInvariant(part))
        {
            case 'a':
                return (0.5, 0, 0);
            case 'b':
                return (0, 0.5, 0);
            case 'c':
                return (0, 0, 0.5);
            case 'n':
                return (0.5, 0.5, 0.5);
            case 'u':
                return (0.25, 0, 0);
            case 'v':
                return (0, 0.25, 0);
            case 'w':
                return (0, 0, 0.25);
            case 'd':
                return (0.25, 0.25, 0.25);
            case >= '1' and <= '5' when part - '0' < order:
                double screw = (part - '0') / (double)order;
                return axis switch { 'x' => (screw, 0, 0), 'y' => (0, screw, 0), 'z' => (0, 0, screw), _ => null };
            default:
                return null;
        }
    }

    // "(0 0 -1)" in twelfths of the edges.
    private static (double X, double Y, double Z) Shift(string text, string symbol)
    {
        string[] words = text.EndsWith(')') ? text[1..^1].Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];
        double[] shift = new double[3];
        for (int i = 0; i < 3; i++)
        {
            if (words.Length != 3 || !int.TryParse(words[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int twelfths) || Math.Abs(twelfths) > 12)
            {
                throw Bad(symbol, "a change of basis other than a shift of the origin such as (0 0 -1) is not read");
            }

            shift[i] = twelfths / 12.0;
        }

        return (shift[0], shift[1], shift[2]);
    }

    private static FormatException Bad(string symbol, string why) =>
        new($"the Hall symbol '{(symbol.Length > LongestSymbol ? symbol[..LongestSymbol] + "…" : symbol)}' can't be read: {why}");
}
