namespace ImageAnalysis.Core;

/// <summary>A number that follows from the occupancies and that the result gives with its uncertainty: Σ coefficient × occupancy + constant. A long-range order parameter is one.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Terms">Coefficient of each site, by the site's label.</param>
/// <param name="ConstantRatio">The constant.</param>
public sealed record DerivedQuantity(string Name, IReadOnlyDictionary<string, double> Terms, double ConstantRatio = 0);
