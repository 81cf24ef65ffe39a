namespace ImageAnalysis.Lattice;

/// <summary>The chance that a spot of known strength is seen in noise: Marcum's Q of first order.</summary>
internal static class MarcumQ
{
    /// <summary>
    /// Probability that the power of a fixed amplitude in complex Gaussian noise exceeds a threshold: Q₁(√(2λ), √(2t)), the tail of the noncentral χ² law with two degrees of freedom.
    /// </summary>
    /// <remarks>
    /// The law is a Poisson mixture: P(power &gt; t) = Σ_k e^−λ λ^k/k! · Q(k+1, t), Q(k+1, t) = e^−t Σ_{j≤k} t^j/j!. N. L. Johnson, S. Kotz, N. Balakrishnan, Continuous Univariate Distributions 2 (1995), eq. 29.3
    /// (not opened); checked against numbers in its test.
    /// </remarks>
    /// <param name="strengthSnr">λ: power of the spot without noise over the noise's mean.</param>
    /// <param name="thresholdSnr">t: threshold over the noise's mean.</param>
    /// <returns>The probability.</returns>
    public static double Tail(double strengthSnr, double thresholdSnr)
    {
        double spread = Math.Sqrt(2 * strengthSnr + 1);
        if (strengthSnr > 200 || thresholdSnr > 200)
        {
            // Far from both ends the power is normal: mean λ + 1, variance 2λ + 1.
            return 0.5 * Erfc((thresholdSnr - strengthSnr - 1) / (spread * Math.Sqrt(2)));
        }

        double poisson = Math.Exp(-strengthSnr), term = Math.Exp(-thresholdSnr), inner = term, sum = 0, left = 1;
        for (int k = 0; k < 2000 && left > 1e-12; k++)
        {
            sum += poisson * inner;
            left -= poisson;
            poisson *= strengthSnr / (k + 1);
            term *= thresholdSnr / (k + 1);
            inner += term;
        }

        return Math.Clamp(sum, 0, 1);
    }

    private static double Erfc(double x) => MathNet.Numerics.SpecialFunctions.Erfc(x);
}
