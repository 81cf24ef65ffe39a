namespace ImageAnalysis.Core;

/// <summary>What became of one site when a configuration was drawn.</summary>
/// <param name="Label">The site's label.</param>
/// <param name="WantedFraction">The occupancy of the statistical model.</param>
/// <param name="PlaceCount">Number of places of the site in the particle.</param>
/// <param name="BlockedCount">Places too close to an atom of a full site; they stay empty.</param>
/// <param name="WantedCount">Number of atoms that the configuration should have: the occupancy times the places, rounded up or down at random.</param>
/// <param name="PlacedCount">Number of atoms that it has.</param>
public sealed record FilledSite(string Label, double WantedFraction, int PlaceCount, int BlockedCount, int WantedCount, int PlacedCount)
{
    /// <summary>The occupancy that the configuration has; <c>null</c> where the particle has no place of this site.</summary>
    public double? PlacedFraction => PlaceCount == 0 ? null : (double)PlacedCount / PlaceCount;

    /// <summary>What could not be met, in words; <c>null</c> where all was.</summary>
    public string? Shortfall => PlacedCount >= WantedCount
        ? null
        : FormattableString.Invariant($"{Label}: {PlacedCount} of {WantedCount} atoms placed (occupancy {PlacedFraction:0.###} instead of {WantedFraction:0.###}); {BlockedCount} of {PlaceCount} places are too close to a full site.");
}
