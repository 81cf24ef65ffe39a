namespace ImageAnalysis.Core;

/// <summary>The whole pattern fitted with one family of occupancies from one start.</summary>
/// <param name="Family">The family.</param>
/// <param name="Components">Parts of the model that are refined.</param>
/// <param name="Limits">Bounds and equations.</param>
/// <param name="Result">The fit.</param>
/// <param name="Bic">Its information criterion.</param>
internal sealed record CandidateFit(FamilySetup Family, FitComponents Components, FitLimits Limits, LeastSquaresResult Result, double Bic)
{
    /// <summary>The parameters.</summary>
    public double[] X => Result.X;
}
