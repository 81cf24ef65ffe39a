namespace ImageAnalysis.Core;

/// <summary>Takes sites together that scatter alike, since the work of the pair sums grows with the number of pairs of sites.</summary>
internal static class SiteMerging
{
    /// <summary>The same cluster with one site for each species, occupancy and B. Places that are never filled are left out, unless there are no others.</summary>
    public static Cluster Merge(Cluster cluster)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        Dictionary<(Species Species, double Occupancy, double? B), int> places = [];
        List<ClusterSite> sites = [];
        int[] siteOf = new int[cluster.Sites.Count];
        for (int i = 0; i < siteOf.Length; i++)
        {
            ClusterSite site = cluster.Sites[i];
            if (!places.TryGetValue((site.Species, site.OccupancyFraction, site.BIsoAngstrom2), out siteOf[i]))
            {
                siteOf[i] = sites.Count;
                places.Add((site.Species, site.OccupancyFraction, site.BIsoAngstrom2), sites.Count);
                sites.Add(site);
            }
        }

        bool filled = cluster.Atoms.Any(atom => cluster.Sites[atom.SiteIndex].OccupancyFraction > 0);
        return new(sites, cluster.Atoms
            .Where(atom => !filled || cluster.Sites[atom.SiteIndex].OccupancyFraction > 0)
            .Select(atom => atom with { SiteIndex = siteOf[atom.SiteIndex] }));
    }
}
