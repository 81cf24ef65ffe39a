namespace ImageAnalysis.Lattice;

/// <summary>A measured spot, cycles a pixel, y down.</summary>
internal readonly record struct ScaleSpot(double X, double Y, double SigmaX, double SigmaY)
{
    public double Length => Math.Sqrt((X * X) + (Y * Y));
}
