namespace ImageAnalysis.Simulation;

/// <summary>How the wave is followed through the specimen.</summary>
public sealed record MultisliceOptions
{
    /// <summary>Width of the grid, px, 16…8192; default 1024. Fast where it has small prime factors only.</summary>
    public int WidthPx { get; init; } = 1024;

    /// <summary>Height of the grid, px, 16…8192; default 1024.</summary>
    public int HeightPx { get; init; } = 1024;

    /// <summary>Accelerating voltage, kV, 20…1500; default 200.</summary>
    public double VoltageKv { get; init; } = 200;

    /// <summary>
    /// Thickness of a slice, nm, 0.02…5; default 0.5. Raised: faster, and the spread of the wave within a slice is left out. Lowered: slower; below the distance of
    /// atomic planes nothing is gained, since each atom lies in one slice whole.
    /// </summary>
    public double SliceNm { get; init; } = 0.5;

    /// <summary>
    /// Largest spatial frequency of potential and wave as a part of the grid's own, 0.2…0.6667; default 2/3, at which a product of both does not come back
    /// from beyond the edge. Lowered: less is kept of scattering to large angles.
    /// </summary>
    public double BandLimitFraction { get; init; } = 2.0 / 3.0;

    /// <summary>Checks every field.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A field is outside its limits; the message names field, value and limits.</exception>
    public void Validate()
    {
        Limits.Check(nameof(WidthPx), WidthPx, 16, 8192);
        Limits.Check(nameof(HeightPx), HeightPx, 16, 8192);
        Limits.Check(nameof(VoltageKv), VoltageKv, 20, 1500);
        Limits.Check(nameof(SliceNm), SliceNm, 0.02, 5);
        Limits.Check(nameof(BandLimitFraction), BandLimitFraction, 0.2, 0.666667);
    }
}
