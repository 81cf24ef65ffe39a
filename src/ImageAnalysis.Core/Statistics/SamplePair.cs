namespace ImageAnalysis.Core;

/// <summary>Two samples compared by Fisher's exact test.</summary>
/// <param name="First">The first sample.</param>
/// <param name="Second">The second sample.</param>
/// <param name="PValue">Two-sided p-value of this pair alone; <c>null</c> where a sample has no particles.</param>
/// <param name="HolmPValue">The p-value corrected by Holm's method for the number of pairs; <c>null</c> where a sample has no particles.</param>
/// <param name="IsSignificant">Whether the corrected p-value is at or below 1 − level.</param>
/// <param name="NeededPerSampleCount">
/// For a pair that does not differ significantly: particles in each sample with which the test (of one pair) would find the difference in 90 % of cases, if the true fractions were those counted; <c>null</c> where the fractions are equal, where a
/// significant pair needs none, or where the number exceeds 2,000.
/// </param>
public sealed record SamplePair(SampleCount First, SampleCount Second, double? PValue, double? HolmPValue, bool IsSignificant, int? NeededPerSampleCount);
