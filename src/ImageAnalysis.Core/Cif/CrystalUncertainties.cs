namespace ImageAnalysis.Core;

/// <summary>Standard deviations of a refined structure, written in brackets behind the numbers of a CIF.</summary>
public sealed record CrystalUncertainties
{
    /// <summary>Standard deviation of the edge a (and of b and c where they equal it), Å; <c>null</c> where it was not refined.</summary>
    public double? AEdgeSigmaAngstrom { get; init; }

    /// <summary>Standard deviation of the edge c where it differs from a, Å; <c>null</c> where it was not refined.</summary>
    public double? CEdgeSigmaAngstrom { get; init; }

    /// <summary>Standard deviations of occupancies by label of the site; sites that are not in it were not refined.</summary>
    public IReadOnlyDictionary<string, double> OccupancySigmaFraction { get; init; } = new Dictionary<string, double>();

    /// <summary>Standard deviations of B by label of the site, Å²; sites that are not in it were not refined.</summary>
    public IReadOnlyDictionary<string, double> BIsoSigmaAngstrom2 { get; init; } = new Dictionary<string, double>();
}
