namespace ImageAnalysis.Core;

/// <summary>The true ordered fraction by the model of random orientations: a second estimate beside the counted one, never instead of it.</summary>
/// <param name="Model">The model that it rests on.</param>
/// <param name="Ordered">The fraction of all crystals that are ordered, by the model; <c>null</c> where the count contradicts the model.</param>
/// <param name="UncutRatio">The counted fraction over that of fully ordered crystals; above 1 where more order shows than the model allows.</param>
/// <param name="IsContradicted">Whether significantly more order was counted than fully ordered crystals could show by the model.</param>
/// <param name="Words">The estimate, or the contradiction, in words that name it as a model.</param>
public sealed record RandomOrientationEstimate(RandomOrientationModel Model, FractionInterval? Ordered, double UncutRatio, bool IsContradicted, string Words);
