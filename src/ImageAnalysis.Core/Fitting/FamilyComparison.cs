namespace ImageAnalysis.Core;

/// <summary>The best fit of one family of occupancies.</summary>
/// <param name="Name">Name of the family.</param>
/// <param name="Chi2">Weighted sum of squares of its best fit.</param>
/// <param name="Bic">Bayesian information criterion of its best fit.</param>
/// <param name="DeltaBic">The same less that of the best family.</param>
/// <param name="ParameterCount">Independent parameters.</param>
public sealed record FamilyComparison(string Name, double Chi2, double Bic, double DeltaBic, int ParameterCount);
