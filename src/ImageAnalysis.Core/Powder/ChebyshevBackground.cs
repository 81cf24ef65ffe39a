namespace ImageAnalysis.Core;

/// <summary>The smooth background of a pattern: Chebyshev polynomials of the first kind over its range of 2θ.</summary>
/// <remarks>background = Σ cₖ·Tₖ(u), u from −1 at the first angle to +1 at the last; T₀ = 1, T₁ = u, Tₖ₊₁ = 2u·Tₖ − Tₖ₋₁ (NIST DLMF 18.9.1, 18.9.2).</remarks>
public static class ChebyshevBackground
{
    /// <summary>The background at each angle.</summary>
    /// <param name="twoThetaDeg">Angles in degrees, increasing; the first and the last are the ends of the range.</param>
    /// <param name="coefficientsCounts">c₀, c₁, … in counts; none give a background of 0.</param>
    /// <returns>As many values as angles, in counts.</returns>
    public static double[] At(IReadOnlyList<double> twoThetaDeg, IReadOnlyList<double> coefficientsCounts)
    {
        ArgumentNullException.ThrowIfNull(twoThetaDeg);
        ArgumentNullException.ThrowIfNull(coefficientsCounts);
        double[] background = new double[twoThetaDeg.Count], column = new double[twoThetaDeg.Count], places = Places(twoThetaDeg);
        for (int k = 0; k < coefficientsCounts.Count; k++)
        {
            Column(places, k, column);
            for (int i = 0; i < background.Length; i++)
            {
                background[i] += coefficientsCounts[k] * column[i];
            }
        }

        return background;
    }

    /// <summary>u of each angle.</summary>
    internal static double[] Places(IReadOnlyList<double> twoThetaDeg)
    {
        double first = twoThetaDeg[0], half = Math.Max(twoThetaDeg[^1] - first, 1e-12) / 2;
        return [.. twoThetaDeg.Select(angle => ((angle - first) / half) - 1)];
    }

    /// <summary>Tₖ at each place; cos(k·arccos u).</summary>
    internal static void Column(double[] places, int k, Span<double> column)
    {
        for (int i = 0; i < places.Length; i++)
        {
            double before = 1, value = places[i];
            for (int j = 1; j < k; j++)
            {
                (before, value) = (value, (2 * places[i] * value) - before);
            }

            column[i] = k == 0 ? 1 : value;
        }
    }
}
