namespace ImageAnalysis.Lattice;

/// <summary>A connected area of the image with fringes of one frequency.</summary>
internal sealed class FringePatch
{
    /// <summary>Frequency along x, nm⁻¹.</summary>
    public required double Gx { get; init; }

    /// <summary>Frequency along y (down), nm⁻¹.</summary>
    public required double Gy { get; init; }

    /// <summary>Greatest power over that of the support.</summary>
    public required double PeakSnr { get; init; }

    /// <summary>Level of the bank at which it stands out most.</summary>
    public required int Level { get; init; }

    /// <summary>Standard deviation of the filter through which its outline is seen, nm.</summary>
    public required double OutlineSigmaNm { get; init; }

    /// <summary>Centroid of the fringes' amplitude within the area, nm.</summary>
    public required double XNm { get; init; }

    public required double YNm { get; init; }

    /// <summary>Area with at least half the greatest amplitude, nm².</summary>
    public required double AreaNm2 { get; init; }

    /// <summary>Box of that area, nm.</summary>
    public required double LeftNm { get; init; }

    public required double TopNm { get; init; }

    public required double RightNm { get; init; }

    public required double BottomNm { get; init; }

    /// <summary>How far the lens has displaced it from its crystal.</summary>
    public required FringeDisplacement Displacement { get; init; }

    /// <summary>The area on a grid over the whole field.</summary>
    public required PatchMask Mask { get; init; }

    public double FrequencyPerNm => Math.Sqrt((Gx * Gx) + (Gy * Gy));

    public double RadiusNm => Math.Sqrt(AreaNm2 / Math.PI);

    /// <summary>True where the lens has moved the fringes off their crystal, so that its place shows no more of them than the rest.</summary>
    public bool IsDisplaced => Displacement.LengthNm > 0.5 * RadiusNm;

    /// <summary>Length of the difference to a frequency or to its opposite, nm⁻¹.</summary>
    public double FarFrom(double gx, double gy) => Math.Sqrt(Math.Min(Squared(Gx - gx, Gy - gy), Squared(Gx + gx, Gy + gy)));

    private static double Squared(double x, double y) => (x * x) + (y * y);
}

/// <summary>An area on a coarse grid over the field.</summary>
/// <param name="Width">Columns of the grid.</param>
/// <param name="Height">Rows of the grid.</param>
/// <param name="StepXNm">Distance of columns, nm.</param>
/// <param name="StepYNm">Distance of rows, nm.</param>
/// <param name="Cells">True within the area.</param>
internal sealed record PatchMask(int Width, int Height, double StepXNm, double StepYNm, bool[] Cells)
{
    public bool Holds(double xNm, double yNm, double marginNm)
    {
        int x0 = Math.Clamp((int)Math.Floor((xNm - marginNm) / StepXNm), 0, Width - 1), x1 = Math.Clamp((int)Math.Ceiling((xNm + marginNm) / StepXNm), 0, Width - 1);
        int y0 = Math.Clamp((int)Math.Floor((yNm - marginNm) / StepYNm), 0, Height - 1), y1 = Math.Clamp((int)Math.Ceiling((yNm + marginNm) / StepYNm), 0, Height - 1);
        for (int y = y0; y <= y1; y++)
        {
            for (int x = x0; x <= x1; x++)
            {
                double dx = (x * StepXNm) - xNm, dy = (y * StepYNm) - yNm;
                if (Cells[(y * Width) + x] && (dx * dx) + (dy * dy) <= (marginNm * marginNm) + (StepXNm * StepYNm))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
