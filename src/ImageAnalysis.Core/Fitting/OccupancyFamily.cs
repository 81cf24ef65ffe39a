namespace ImageAnalysis.Core;

/// <summary>One hypothesis on the occupancies: which sites are free, and what holds between them.</summary>
/// <param name="Name">Its name, as results give it, such as <c>8c+32f</c>.</param>
/// <param name="FreeSites">Labels of the sites whose occupancies are fitted. Other sites that the options call free are empty; all further ones stay as in the structure.</param>
public sealed record OccupancyFamily(string Name, IReadOnlyList<string> FreeSites)
{
    /// <summary>Equations that hold in this family, beside those of the options; default none.</summary>
    public IReadOnlyList<OccupancyConstraint> Constraints { get; init; } = [];

    /// <summary>Narrower bounds than 0…1 for single sites, by label; default none.</summary>
    public IReadOnlyDictionary<string, OccupancyBounds> Bounds { get; init; } = new Dictionary<string, OccupancyBounds>();
}
