namespace ImageAnalysis.Core;

/// <summary>Two positions of a structure that come so close that both can not be filled at once.</summary>
/// <param name="FirstLabel">Label of one site.</param>
/// <param name="SecondLabel">Label of the other site; the same where positions of one site come too close to each other.</param>
/// <param name="DistanceAngstrom">Their distance, Å.</param>
/// <param name="SmallestSensibleAngstrom">The distance below which the two atoms can not be there together, Å.</param>
/// <param name="NeighbourCount">How many positions of the second site lie at that distance from one position of the first.</param>
/// <param name="FirstOccupancyFraction">Occupancy of the first site.</param>
/// <param name="SecondOccupancyFraction">Occupancy of the second site.</param>
/// <param name="Reason">Why the contact is impossible, in plain words with the numbers.</param>
public sealed record Contact(
    string FirstLabel,
    string SecondLabel,
    double DistanceAngstrom,
    double SmallestSensibleAngstrom,
    int NeighbourCount,
    double FirstOccupancyFraction,
    double SecondOccupancyFraction,
    string Reason)
{
    /// <summary>
    /// True where no arrangement of atoms can have these occupancies: of two positions that exclude each other at most one is filled, so their
    /// occupancies add up to 1 at most. Where it is false the sites can be filled in turn, one here and the other there.
    /// </summary>
    public bool IsContradiction => FirstOccupancyFraction + SecondOccupancyFraction > 1 + 1e-9;
}
