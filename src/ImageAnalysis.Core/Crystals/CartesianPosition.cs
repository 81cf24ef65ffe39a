namespace ImageAnalysis.Core;

/// <summary>A position or a vector in space, in Å along three perpendicular axes.</summary>
/// <param name="XAngstrom">Along the cell edge a, Å.</param>
/// <param name="YAngstrom">In the plane of a and b, perpendicular to a, on the side of b, Å.</param>
/// <param name="ZAngstrom">Perpendicular to a and b, on the side of c, Å.</param>
public readonly record struct CartesianPosition(double XAngstrom, double YAngstrom, double ZAngstrom)
{
    /// <summary>The length of the vector, or the distance of the position from the origin, Å.</summary>
    public double LengthAngstrom => Math.Sqrt((XAngstrom * XAngstrom) + (YAngstrom * YAngstrom) + (ZAngstrom * ZAngstrom));
}
