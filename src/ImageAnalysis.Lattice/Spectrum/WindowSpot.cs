namespace ImageAnalysis.Lattice;

/// <summary>A spot in a crystal's windowed spectrum, refined below the bin.</summary>
/// <param name="Gx">Place of the maximum along x, nm⁻¹.</param>
/// <param name="Gy">Place of the maximum along y (down), nm⁻¹.</param>
/// <param name="SigmaX">One standard deviation of <paramref name="Gx"/> from noise and the floor, nm⁻¹.</param>
/// <param name="SigmaY">One standard deviation of <paramref name="Gy"/> from noise and the floor, nm⁻¹.</param>
/// <param name="Shift">How far the transfer of the lens has moved the maximum: the crystal's own frequency lies so much back.</param>
/// <param name="Power">Power density, counts² nm².</param>
/// <param name="Snr">Power over the local background.</param>
/// <param name="Amplitude">Amplitude of the fringes' cosine in the middle of the crystal, counts.</param>
internal sealed record WindowSpot(double Gx, double Gy, double SigmaX, double SigmaY, SpotShift Shift, double Power, double Snr, double Amplitude)
{
    /// <summary>|g| of the maximum.</summary>
    public double FrequencyPerNm => Math.Sqrt((Gx * Gx) + (Gy * Gy));

    /// <summary>The crystal's own frequency along x, the lens's shift taken off.</summary>
    public double OwnGx => Gx - (((Shift.AlongPerNm * Gx) - (Shift.AcrossPerNm * Gy)) / FrequencyPerNm);

    /// <summary>The crystal's own frequency along y (down).</summary>
    public double OwnGy => Gy - (((Shift.AlongPerNm * Gy) + (Shift.AcrossPerNm * Gx)) / FrequencyPerNm);

    /// <summary>The crystal's own |g|.</summary>
    public double OwnFrequencyPerNm => Math.Sqrt((OwnGx * OwnGx) + (OwnGy * OwnGy));

    /// <summary>One standard deviation of the own |g|.</summary>
    public double AlongSigma => Math.Sqrt((Squared(Gx * SigmaX, Gy * SigmaY) / Squared(Gx, Gy)) + (Shift.AlongSigmaPerNm * Shift.AlongSigmaPerNm));

    /// <summary>One standard deviation of g across its direction.</summary>
    public double AcrossSigma => Math.Sqrt((Squared(Gy * SigmaX, Gx * SigmaY) / Squared(Gx, Gy)) + (Shift.AcrossSigmaPerNm * Shift.AcrossSigmaPerNm));

    private static double Squared(double x, double y) => (x * x) + (y * y);
}

/// <summary>Moments of window and crystal that uncertainties need.</summary>
/// <remarks>
/// With the window w, the crystal's own profile e (that of an ellipsoid's thickness) and white noise: var(g_x) = N_xx A² / (2 (2π)² s Σw² A_xx²), N_xx = Σ w²x², A = Σ w e, A_xx = Σ w e x², s the spot's
/// signal to noise. It is the variance of the maximum of |S(g)|² to first order in the noise (D. C. Rife and R. R. Boorstyn, IEEE Trans. Inf. Theory 20 (1974) 591, doi 10.1109/TIT.1974.1055282, for
/// e = w = 1).
/// </remarks>
/// <param name="FactorX">√(N_xx A²/(2 (2π)² Σw² A_xx²)), nm⁻¹: one standard deviation of g_x is this over √s.</param>
/// <param name="FactorY">The same along y.</param>
/// <param name="SumOfProfile">Σ w e.</param>
internal sealed record WindowMoments(double FactorX, double FactorY, double SumOfProfile)
{
    public static WindowMoments Of(CrystalWindow window, double diameterXNm, double diameterYNm, double stepXNm, double stepYNm)
    {
        const int N = 24;
        double a = 0, axx = 0, ayy = 0, nxx = 0, nyy = 0, squares = 0;
        for (int j = -N; j <= N; j++)
        {
            double y = 0.5 * window.HeightNm * j / N, wy = Math.Pow(Math.Cos(0.5 * Math.PI * j / N), 2);
            for (int i = -N; i <= N; i++)
            {
                double x = 0.5 * window.WidthNm * i / N, w = wy * Math.Pow(Math.Cos(0.5 * Math.PI * i / N), 2);
                double rx = 2 * x / diameterXNm, ry = 2 * y / diameterYNm, e = Math.Sqrt(Math.Max(0, 1 - (rx * rx) - (ry * ry)));
                a += w * e;
                axx += w * e * x * x;
                ayy += w * e * y * y;
                nxx += w * w * x * x;
                nyy += w * w * y * y;
                squares += w * w;
            }
        }

        double cell = window.WidthNm * window.HeightNm / (4.0 * N * N) / (stepXNm * stepYNm), common = a / (2 * Math.PI * Math.Sqrt(2 * squares));
        return new WindowMoments(common * Math.Sqrt(nxx) / axx, common * Math.Sqrt(nyy) / ayy, a * cell);
    }
}
