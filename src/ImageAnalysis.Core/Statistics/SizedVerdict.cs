namespace ImageAnalysis.Core;

/// <summary>A particle's size and whether it is ordered.</summary>
/// <param name="DiameterNm">Diameter, nm; above 0.</param>
/// <param name="IsOrdered">Whether the particle shows the superstructure.</param>
public readonly record struct SizedVerdict(double DiameterNm, bool IsOrdered);
