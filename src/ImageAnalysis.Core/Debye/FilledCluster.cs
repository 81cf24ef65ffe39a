namespace ImageAnalysis.Core;

/// <summary>An explicit configuration of a statistical cluster, and how well it meets the occupancies.</summary>
/// <param name="Cluster">The atoms; all occupancies are 1.</param>
/// <param name="Sites">What became of each site of the statistical cluster, in its order.</param>
/// <param name="ClosestContactAngstrom">The shortest distance between two atoms, Å; <c>null</c> for a single atom or where it is above 4 Å.</param>
public sealed record FilledCluster(Cluster Cluster, IReadOnlyList<FilledSite> Sites, double? ClosestContactAngstrom)
{
    /// <summary>What could not be met, a line for each site that fell short; empty where all occupancies are met.</summary>
    public IReadOnlyList<string> Shortfalls => [.. Sites.Select(site => site.Shortfall).OfType<string>()];
}
