namespace ImageAnalysis.Core;

/// <summary>One bump of a pattern that is no line of the crystal: a holder's peak or an amorphous halo.</summary>
/// <param name="HeightCounts">Its height, counts, 0 or more.</param>
/// <param name="TwoThetaDeg">Its place, degrees 2θ.</param>
/// <param name="FwhmDeg">Its full width at half maximum, degrees, above 0.</param>
public sealed record PatternBump(double HeightCounts, double TwoThetaDeg, double FwhmDeg);
