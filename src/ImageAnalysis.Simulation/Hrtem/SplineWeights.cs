namespace ImageAnalysis.Simulation;

/// <summary>Weights by which a point between the points of a grid is laid on the six nearest of a line: the B-spline of degree 5.</summary>
/// <remarks>
/// As in the smooth particle mesh Ewald method: U. Essmann et al., J. Chem. Phys. 103 (1995) 8577, doi:10.1063/1.470117, equation 4.1. Its Fourier transform is sinc⁶(ν), ν in
/// cycles a grid point; what the grid's points add to it is (ν/(1 − ν))⁶ at most: 2·10⁻⁴ at ν = 0.2, 1.6 % at ν = 1/3.
/// </remarks>
internal static class SplineWeights
{
    /// <summary>Number of points.</summary>
    public const int Count = 6;

    /// <summary>Computes the weights of the points ⌊u⌋ − 2 … ⌊u⌋ + 3.</summary>
    /// <param name="fraction">u − ⌊u⌋.</param>
    /// <param name="weights">Takes the six weights; their sum is 1.</param>
    public static void Fill(double fraction, Span<float> weights)
    {
        Span<double> m = stackalloc double[Count];
        m.Clear();
        m[0] = fraction;
        m[1] = 1 - fraction;
        for (int n = 3; n <= Count; n++)
        {
            double scale = 1.0 / (n - 1);
            for (int k = n - 1; k > 0; k--)
            {
                m[k] = scale * (((fraction + k) * m[k]) + ((n - fraction - k) * m[k - 1]));
            }

            m[0] *= scale * fraction;
        }

        for (int k = 0; k < Count; k++)
        {
            weights[Count - 1 - k] = (float)m[k];
        }
    }

    /// <summary>The Fourier transform of the weights, sinc⁶.</summary>
    /// <param name="cyclesPerPoint">Frequency in cycles a grid point, within ±0.5.</param>
    public static double Transfer(double cyclesPerPoint)
    {
        double x = Math.PI * cyclesPerPoint;
        double sinc = Math.Abs(x) < 1e-9 ? 1 : Math.Sin(x) / x;
        return sinc * sinc * sinc * sinc * sinc * sinc;
    }
}
