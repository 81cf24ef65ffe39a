namespace ImageAnalysis.Core;

/// <summary>The occupancy of one site of the asymmetric unit, as a fit gives it.</summary>
/// <param name="Label">Label of the site.</param>
/// <param name="Group">Wyckoff position or other group that atoms are counted under; the label where the site has none.</param>
/// <param name="Element">The element's symbol.</param>
/// <param name="MultiplicityCount">Positions of the site in the cell.</param>
/// <param name="OccupancyFraction">How much of the site is filled, 0…1.</param>
/// <param name="OccupancySigmaFraction">
/// One standard deviation that allows for atoms on all free sites of all families, since the choice of a family is uncertain too, and for the rivals of the best solution. On a bound, and for an empty site that the family leaves out, how much would
/// still fit within one standard deviation. <c>null</c> where the occupancy is held.
/// </param>
/// <param name="IsFree">Whether the family of this solution has it free.</param>
/// <param name="IsAtBound">Whether it rests on 0 or 1.</param>
public sealed record SiteOccupancy(
    string Label, string Group, string Element, int MultiplicityCount, double OccupancyFraction, double? OccupancySigmaFraction, bool IsFree, bool IsAtBound)
{
    /// <summary>One standard deviation for as long as the family is the right one; smaller than <see cref="OccupancySigmaFraction"/>.</summary>
    public double? ConditionalSigmaFraction { get; init; }

    /// <summary>Atoms on the site in one unit cell.</summary>
    public double AtomsPerCell => MultiplicityCount * OccupancyFraction;

    /// <summary>One standard deviation of <see cref="AtomsPerCell"/>; <c>null</c> where the occupancy has none.</summary>
    public double? AtomsSigmaPerCell => MultiplicityCount * OccupancySigmaFraction;
}
