namespace ImageAnalysis.Core;

/// <summary>A family of lattice planes that symmetry makes equivalent, and that a powder shows as one line.</summary>
/// <param name="H">Miller index h of one member: of those whose first index that is not 0 is above 0, the one with the fewest negative indices and then the largest h, k, l.</param>
/// <param name="K">Miller index k of that member.</param>
/// <param name="L">Miller index l of that member.</param>
/// <param name="MultiplicityCount">Number of members, (hkl) and its opposite both counted.</param>
/// <param name="SpacingAngstrom">Distance d between the planes in Å; reflections of order n count as planes n times closer.</param>
public readonly record struct ReflectionFamily(int H, int K, int L, int MultiplicityCount, double SpacingAngstrom)
{
    /// <summary>s = sin θ/λ = 1/(2d) in Å⁻¹.</summary>
    public double SinThetaOverLambdaPerAngstrom => 0.5 / SpacingAngstrom;
}
