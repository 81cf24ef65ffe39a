namespace ImageAnalysis.Simulation;

/// <summary>The objective lens: what it does to the phases of the exit wave, and how far it is from coherent.</summary>
/// <remarks>
/// χ(g, φ) = πλ g² (Δf + A₂ cos 2(φ − φ₂)) + (2π/3) λ² A₃ g³ cos 3(φ − φ₃) + (π/2) C_s λ³ g⁴; the wave is multiplied by exp(−iχ). A thin object of potential V has the image
/// 1 + 2σV ∗ FT⁻¹(sin χ): where sin χ is −1, atoms are dark. E. J. Kirkland, Advanced Computing in Electron Microscopy, 3rd ed. (2020), doi:10.1007/978-3-030-33260-0, equations
/// 2.23, 3.7 and 3.42 (his Δf is counted the other way).
/// </remarks>
public sealed record ObjectiveLens
{
    /// <summary>Defocus from the plane of the last atom, nm, −5000…5000; default −60. Underfocus (a weaker lens, the plane in focus lies before the specimen's exit) is negative.</summary>
    public double DefocusNm { get; init; } = -60;

    /// <summary>Spherical aberration C_s, mm, −5…10; default 1.</summary>
    public double SphericalAberrationMm { get; init; } = 1;

    /// <summary>Two-fold astigmatism A₂, nm, 0…500; default 0. The defocus runs from Δf − A₂ to Δf + A₂ with direction.</summary>
    public double TwofoldAstigmatismNm { get; init; }

    /// <summary>The direction of spatial frequency in which the defocus is Δf + A₂, degree, −360…360; default 0.</summary>
    public double TwofoldAstigmatismDeg { get; init; }

    /// <summary>Three-fold astigmatism A₃, nm, 0…50000; default 0. A good lens has less than 1000.</summary>
    public double ThreefoldAstigmatismNm { get; init; }

    /// <summary>The direction of spatial frequency in which three-fold astigmatism adds most, degree, −360…360; default 0.</summary>
    public double ThreefoldAstigmatismDeg { get; init; }

    /// <summary>Focal spread Δ, nm, 0…100; default 6: the standard deviation of the defocus while the picture is taken (energy spread, unsteady lens and voltage).</summary>
    public double FocalSpreadNm { get; init; } = 6;

    /// <summary>
    /// Samples of the focal spread, an odd number, 1…41; default 9: images at so many defocus values within ±3Δ are added, which is right for thick objects too. 1: one image with the
    /// envelope of linear imaging on the wave (quasi-coherent), faster, and wrong where beams other than the central one are strong.
    /// </summary>
    public int FocalSampleCount { get; init; } = 9;

    /// <summary>Convergence of the illumination, mrad, 0…10; default 0.3: angle α at which a Gaussian source, exp(−θ²/α²), has fallen to 1/e.</summary>
    public double ConvergenceMrad { get; init; } = 0.3;

    /// <summary>Radius of the objective aperture in mrad, 0.5…200; <c>null</c> (default) is none.</summary>
    public double? ApertureMrad { get; init; }

    /// <summary>Checks every field.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A field is outside its limits; the message names field, value and limits.</exception>
    public void Validate()
    {
        Limits.Check(nameof(DefocusNm), DefocusNm, -5000, 5000);
        Limits.Check(nameof(SphericalAberrationMm), SphericalAberrationMm, -5, 10);
        Limits.Check(nameof(TwofoldAstigmatismNm), TwofoldAstigmatismNm, 0, 500);
        Limits.Check(nameof(TwofoldAstigmatismDeg), TwofoldAstigmatismDeg, -360, 360);
        Limits.Check(nameof(ThreefoldAstigmatismNm), ThreefoldAstigmatismNm, 0, 50000);
        Limits.Check(nameof(ThreefoldAstigmatismDeg), ThreefoldAstigmatismDeg, -360, 360);
        Limits.Check(nameof(FocalSpreadNm), FocalSpreadNm, 0, 100);
        Limits.Check(nameof(FocalSampleCount), FocalSampleCount, 1, 41);
        if (FocalSampleCount % 2 == 0)
        {
            throw Limits.Outside(nameof(FocalSampleCount), FocalSampleCount, "odd numbers, 1…41");
        }

        Limits.Check(nameof(ConvergenceMrad), ConvergenceMrad, 0, 10);
        if (ApertureMrad is double aperture)
        {
            Limits.Check(nameof(ApertureMrad), aperture, 0.5, 200);
        }
    }

    /// <summary>The phase shift χ of the lens.</summary>
    /// <param name="gPerNm">Spatial frequency, nm⁻¹, 0…100.</param>
    /// <param name="directionDeg">Its direction, counter-clockwise as seen from +x, degree.</param>
    /// <param name="voltageKv">Accelerating voltage, kV.</param>
    /// <returns>χ in degrees, without limit.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its limits.</exception>
    public double PhaseShiftDeg(double gPerNm, double directionDeg, double voltageKv)
    {
        (double x, double y) = Frequency(gPerNm, directionDeg);
        return LensTransfer.Of(this, voltageKv).Phase(x, y) * 180 / Math.PI;
    }

    /// <summary>The contrast transfer function of linear imaging with both envelopes: sin χ · E_t · E_s.</summary>
    /// <param name="gPerNm">Spatial frequency, nm⁻¹, 0…100.</param>
    /// <param name="directionDeg">Its direction, counter-clockwise as seen from +x, degree.</param>
    /// <param name="voltageKv">Accelerating voltage, kV.</param>
    /// <returns>−1 to 1; an amplitude in the potential of a thin object appears 2σ times this in the image. 0 beyond the aperture.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its limits.</exception>
    public double ContrastTransferRatio(double gPerNm, double directionDeg, double voltageKv)
    {
        (double x, double y) = Frequency(gPerNm, directionDeg);
        LensTransfer lens = LensTransfer.Of(this, voltageKv);
        return Math.Sin(lens.Phase(x, y)) * lens.FocalEnvelope(x, y) * lens.ConvergenceEnvelope(x, y) * (lens.Passes(x, y) ? 1 : 0);
    }

    // y points down.
    private static (double X, double Y) Frequency(double gPerNm, double directionDeg)
    {
        Limits.Check(nameof(gPerNm), gPerNm, 0, 100);
        Limits.Check(nameof(directionDeg), directionDeg, -360, 360);
        (double sin, double cos) = Math.SinCos(directionDeg * Math.PI / 180);
        return (gPerNm * cos, -gPerNm * sin);
    }
}
