namespace ImageAnalysis.Lattice;

/// <summary>How far the lens has moved a spot's maximum.</summary>
/// <param name="AlongPerNm">Outwards along g, nm⁻¹.</param>
/// <param name="AlongSigmaPerNm">What is uncertain of that, one standard deviation, nm⁻¹.</param>
/// <param name="AcrossPerNm">Across g, towards (−g_y, g_x), nm⁻¹: astigmatism.</param>
/// <param name="AcrossSigmaPerNm">What is uncertain of that, one standard deviation, nm⁻¹.</param>
internal readonly record struct SpotShift(double AlongPerNm, double AlongSigmaPerNm, double AcrossPerNm, double AcrossSigmaPerNm);

/// <summary>
/// How far the transfer of the lens moves the maximum of a spot. A crystal's spot has the width of its own size; where the transfer rises or falls across it, the maximum lies on the side of the better transfer.
/// </summary>
/// <remarks>
/// For a Gaussian spot of variance s² under a transfer that changes as exp(b g), the maximum moves by s² b; <see cref="TransferPosterior.ShiftAt"/> does it for the transfer as it is, zeros too, and for all that the rings and
/// the crystal's height leave open. A crystal is no Gaussian: where T = exp(b g), its profile p(x) becomes p(x + ib/2π) ≈ p + (ib/2π) p′, and the maximum under the window v moves by b/4π² · ∫p (v x)′/∫v p x². That is s² b with s =
/// 0.52/D for an ellipsoid in the Hann window of 1.15 D and 0.62/D for a hexagon with bevelled edges, and 0.42/D and 0.52/D where the diameter came out a tenth too small, as it mostly does: 0.5/D is taken. (Without a window s would be
/// √20/(2πD), 0.712/D, of an ellipsoid.) The window has w = 0.766/D.
/// </remarks>
internal static class TransferShift
{
    private const double SpotNm = 0.5;
    private const double WindowNm = 0.766;

    /// <summary>Of what is corrected so much remains uncertain, one standard deviation: crystals are no ellipsoids, and their size is known to a tenth or two.</summary>
    private const double UncertainFraction = 0.3;

    /// <summary>Uncertainty of a spot's place from transfer at large, times D², nm.</summary>
    private const double FloorNm = 0.03;

    /// <summary>The same where the transfer is not known, times D², nm.</summary>
    private const double UnknownNm = 0.35;

    /// <summary>Across g astigmatism alone moves spots, a fraction of what defocus does along it.</summary>
    private const double AcrossFraction = 0.2;

    /// <summary>A crystal that is longer than wide has a spot that is wider than long: what moves along g moves this share across it too, where g is not along an axis (rms for axes of 1 to 1.3).</summary>
    private const double ElongationFraction = 0.1;

    /// <summary>The shift of a spot's maximum, and the uncertainty that remains of it, nm⁻¹.</summary>
    public static SpotShift Of(TransferEstimate transfer, double gx, double gy, double diameterNm)
    {
        double perSquare = 1 / (diameterNm * diameterNm);
        if (transfer.SpotShiftAt(gx, gy, SpotNm / diameterNm, WindowNm / diameterNm) is not { } shift)
        {
            return new SpotShift(0, UnknownNm * perSquare, 0, AcrossFraction * UnknownNm * perSquare);
        }

        return shift with { AlongSigmaPerNm = Left(shift.AlongPerNm, shift.AlongSigmaPerNm, FloorNm), AcrossSigmaPerNm = Left(shift.AcrossPerNm, Math.Sqrt((shift.AcrossSigmaPerNm * shift.AcrossSigmaPerNm) + Math.Pow(ElongationFraction * shift.AlongPerNm, 2)), AcrossFraction * FloorNm) };

        double Left(double corrected, double open, double floor) => Math.Sqrt((open * open) + (UncertainFraction * UncertainFraction * corrected * corrected) + (floor * perSquare * floor * perSquare));
    }
}
