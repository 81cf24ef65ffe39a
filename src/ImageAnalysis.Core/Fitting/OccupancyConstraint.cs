namespace ImageAnalysis.Core;

/// <summary>A linear equation between occupancies: Σ coefficient × occupancy = value.</summary>
/// <param name="Terms">Coefficient of each site, by the site's label.</param>
/// <param name="ValueRatio">The right-hand side.</param>
public sealed record OccupancyConstraint(IReadOnlyDictionary<string, double> Terms, double ValueRatio);
