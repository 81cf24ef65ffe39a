namespace ImageAnalysis.Lattice;

/// <summary>
/// How far the fringes of a small crystal lie from it: an aberrated lens displaces the image of a beam g by ∇χ(g)/2π, λ Δf g + C_s λ³ g³ along g. Direct beam and g give fringes on one side of the crystal, direct beam and −g on the
/// other; where the displacement is above the crystal's radius, as it often is for spacings below 0.24 nm, it is seen twice, and not where it is.
/// </summary>
/// <param name="XNm">Displacement along x, to one of the two sides, nm.</param>
/// <param name="YNm">Displacement along y (down), nm.</param>
/// <param name="SigmaNm">Standard deviation of its length, nm.</param>
/// <remarks>H. Lichte, Ultramicroscopy 38 (1991) 13, doi 10.1016/0304-3991(91)90105-F (not opened), for ∇χ/2π.</remarks>
internal readonly record struct FringeDisplacement(double XNm, double YNm, double SigmaNm)
{
    /// <summary>Where the lens is not known, λ Δf + C_s λ³ g² is believed to lie between nothing and this, nm for each nm⁻¹.</summary>
    private const double MostNm2 = 0.4;

    /// <summary>False where there are bounds only.</summary>
    public bool IsKnown => SigmaNm < LengthNm || SigmaNm < LeastUnknownNm;

    public double LengthNm => Math.Sqrt((XNm * XNm) + (YNm * YNm));

    private const double LeastUnknownNm = 0.2;

    /// <summary>By the transfer of the image; with no more than bounds where it is not known.</summary>
    public static FringeDisplacement Of(TransferEstimate transfer, double gx, double gy) =>
        transfer.DisplacementAt(gx, gy) ?? new FringeDisplacement(0.5 * MostNm2 * gx, 0.5 * MostNm2 * gy, 0.5 * MostNm2 * Math.Sqrt((gx * gx) + (gy * gy)));

    /// <summary>Distance from the fringes' own place to a point, less what displacement explains of it, nm.</summary>
    public double Left(double dxNm, double dyNm)
    {
        double length = LengthNm;
        if (length < 1e-9)
        {
            return Math.Max(0, Math.Sqrt((dxNm * dxNm) + (dyNm * dyNm)) - SigmaNm);
        }

        double along = Math.Abs((dxNm * XNm) + (dyNm * YNm)) / length, across = ((dxNm * YNm) - (dyNm * XNm)) / length, rest = Math.Max(0, along - length - SigmaNm);
        return Math.Sqrt((rest * rest) + (across * across));
    }

    /// <summary>Distance from the nearer of the two places where a crystal may lie to a point, nm.</summary>
    public double FromPlaces(double dxNm, double dyNm)
    {
        double length = LengthNm;
        if (length < 1e-9)
        {
            return Math.Max(0, Math.Sqrt((dxNm * dxNm) + (dyNm * dyNm)) - SigmaNm);
        }

        double along = Math.Abs((dxNm * XNm) + (dyNm * YNm)) / length, across = ((dxNm * YNm) - (dyNm * XNm)) / length, rest = Math.Max(0, Math.Abs(along - length) - SigmaNm);
        return Math.Sqrt((rest * rest) + (across * across));
    }
}
