namespace ImageAnalysis.Lattice;

/// <summary>The mean spacing of fringes over crystals.</summary>
/// <param name="MeanNm">The mean.</param>
/// <param name="SigmaNm">One standard deviation of the mean: errors of measurement and the scatter between crystals, without that of the pixel size, which shifts all alike.</param>
/// <param name="ScatterNm">Scatter between crystals beyond the errors of measurement, one standard deviation; 0 where the errors explain all.</param>
/// <param name="Count">Number of crystals.</param>
public sealed record SpacingMean(double MeanNm, double SigmaNm, double ScatterNm, int Count)
{
    /// <summary>Takes the mean of measured spacings, each weighted with 1 / (σ² + τ²), where τ² is the variance between crystals beyond the errors.</summary>
    /// <param name="spacings">Spacings and their standard deviations, both above 0.</param>
    /// <returns>The mean; <c>null</c> without spacings.</returns>
    /// <exception cref="ArgumentException">A spacing or a standard deviation is not a finite number above 0.</exception>
    /// <remarks>τ² by moments: R. DerSimonian and N. Laird, Control. Clin. Trials 7 (1986) 177, doi:10.1016/0197-2456(86)90046-2 (not opened; the formula is derived beside the code).</remarks>
    public static SpacingMean? Of(IReadOnlyList<(double SpacingNm, double SigmaNm)> spacings)
    {
        ArgumentNullException.ThrowIfNull(spacings);
        if (spacings.Any(static s => !(s.SpacingNm > 0 && s.SigmaNm > 0 && double.IsFinite(s.SpacingNm) && double.IsFinite(s.SigmaNm))))
        {
            throw new ArgumentException("A spacing or its standard deviation is not a finite number above 0.", nameof(spacings));
        }

        if (spacings.Count == 0)
        {
            return null;
        }

        // Q = Σ w (d − mean)² with w = 1/σ² has the mean (n − 1) + τ² (Σw − Σw²/Σw).
        (double mean, double sum) = Weighted(spacings, 0);
        double q = 0, squares = 0;
        foreach ((double spacing, double sigma) in spacings)
        {
            double w = 1 / (sigma * sigma);
            q += w * (spacing - mean) * (spacing - mean);
            squares += w * w;
        }

        double spread = sum - (squares / sum);
        double variance = spacings.Count < 2 ? 0 : Math.Max(0, (q - (spacings.Count - 1)) / spread);
        (mean, sum) = Weighted(spacings, variance);
        return new SpacingMean(mean, Math.Sqrt(1 / sum), Math.Sqrt(variance), spacings.Count);
    }

    private static (double Mean, double Sum) Weighted(IReadOnlyList<(double SpacingNm, double SigmaNm)> spacings, double variance)
    {
        double sum = 0, weighted = 0;
        foreach ((double spacing, double sigma) in spacings)
        {
            double w = 1 / ((sigma * sigma) + variance);
            sum += w;
            weighted += w * spacing;
        }

        return (weighted / sum, sum);
    }
}
