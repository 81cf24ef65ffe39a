namespace ImageAnalysis.Core;

/// <summary>Another solution that fits nearly as well as the best.</summary>
/// <param name="Solution">The solution.</param>
/// <param name="DeltaChi2">Its χ² less that of the best.</param>
/// <param name="DeltaBic">Its information criterion less that of the best; negative where it would be preferred but for its own doubt.</param>
public sealed record RivalSolution(PowderSolution Solution, double DeltaChi2, double DeltaBic);
