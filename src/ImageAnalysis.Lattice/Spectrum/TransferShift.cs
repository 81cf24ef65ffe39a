namespace ImageAnalysis.Lattice;

/// <summary>
/// How far the transfer of the lens moves the maximum of a spot. A crystal's spot has the width of its own size; where the transfer rises or falls across it, the maximum lies on the side of the better transfer.
/// </summary>
/// <remarks>
/// For a Gaussian spot of variance s² under a transfer that changes as exp(b g), the maximum moves by s² b. An ellipsoid's thickness of diameter D has the variance s² = 20/(2πD)², 0.507/D². The slope is taken
/// across ±s; of the product a part is taken, since transfer is not exponential and the window adds width without slope. Measured on drawn particles (docs/methods/fringes.md): the correction removes a half to three quarters of the error.
/// </remarks>
internal static class TransferShift
{
    private const double WidthNm = 0.712; // √0.507
    private const double LeastTransfer = 0.08;

    /// <summary>Of what is corrected so much remains uncertain, one standard deviation.</summary>
    private const double UncertainFraction = 0.5;

    private const double LargestShare = 0.75;

    /// <summary>Relative uncertainty of the transfer at which half of the correction is made.</summary>
    private const double TrustedRelative = 0.25;

    /// <summary>Uncertainty of a spot's place from transfer at large, times D² and the transfer, nm.</summary>
    private const double FloorNm = 0.15;

    /// <summary>The same where the transfer is not known, times D², nm.</summary>
    private const double UnknownNm = 0.35;

    /// <summary>The shift of a spot's maximum along g, and the uncertainty that remains of it, nm⁻¹.</summary>
    public static (double ShiftPerNm, double SigmaPerNm) Of(TransferEstimate transfer, double gx, double gy, double diameterNm)
    {
        double g = Math.Sqrt((gx * gx) + (gy * gy)), s = WidthNm / diameterNm;
        if (transfer.TransferAt(gx, gy) is not { } middle || transfer.TransferAt(gx * (g + s) / g, gy * (g + s) / g) is not { } above || transfer.TransferAt(gx * (g - s) / g, gy * (g - s) / g) is not { } below)
        {
            return (0, UnknownNm / (diameterNm * diameterNm));
        }

        double slope = (Log(above.AmplitudeFraction) - Log(below.AmplitudeFraction)) / (2 * s);

        // Near a zero the height of the crystal over the film decides what the slope is, and nobody knows it: little is corrected then, and all of it counts as uncertain.
        double relative = (middle.HighFraction - middle.LowFraction) / (2 * 1.645 * Math.Max(middle.AmplitudeFraction, 0.02));
        double share = LargestShare / (1 + Math.Pow(relative / TrustedRelative, 2)), full = s * s * slope;
        double shift = share * full, floor = FloorNm / (diameterNm * diameterNm * Math.Max(middle.AmplitudeFraction, 0.15));
        double uncertain = UncertainFraction * full * Math.Max(share, 1 - share);
        return (shift, Math.Sqrt((uncertain * uncertain) + (floor * floor)));
    }

    private static double Log(double amplitude) => Math.Log(Math.Max(amplitude, LeastTransfer));
}
