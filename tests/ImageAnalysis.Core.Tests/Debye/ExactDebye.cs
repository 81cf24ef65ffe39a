using ImageAnalysis.Core;

namespace ImageAnalysis.Tests;

/// <summary>The Debye equation as it is written: a double sum in double precision over all pairs of atoms.</summary>
internal static class ExactDebye
{
    /// <summary>Intensities of an explicit or statistical cluster with B = 0.</summary>
    public static double[] Intensity(Cluster cluster, double[] q, ReflectionOptions tables)
    {
        double[] result = new double[q.Length];
        double[][] f = [.. q.Select(value => cluster.Sites.Select(site => ScatteringFactors.Of(tables.Table, site.Species).ElectronsAt(value / (4 * Math.PI))).ToArray())];
        double[] n = [.. cluster.Sites.Select(site => site.OccupancyFraction)];
        for (int i = 0; i < cluster.AtomCount; i++)
        {
            ClusterAtom a = cluster.Atoms[i];
            for (int k = 0; k < q.Length; k++)
            {
                result[k] += n[a.SiteIndex] * f[k][a.SiteIndex] * f[k][a.SiteIndex];
            }

            for (int j = 0; j < i; j++)
            {
                ClusterAtom b = cluster.Atoms[j];
                double r = Distance(a.Position, b.Position);
                double weight = 2 * n[a.SiteIndex] * n[b.SiteIndex];
                for (int k = 0; k < q.Length; k++)
                {
                    double x = q[k] * r;
                    result[k] += weight * f[k][a.SiteIndex] * f[k][b.SiteIndex] * (x == 0 ? 1 : Math.Sin(x) / x);
                }
            }
        }

        return result;
    }

    /// <summary>The part without interference, Σ n²f²: what errors are measured by where interference cancels.</summary>
    public static double[] SelfPart(Cluster cluster, double[] q, ReflectionOptions tables) =>
    [
        .. q.Select(value => cluster.Sites.Select((site, index) => cluster.AtomCountOf(index)
            * Math.Pow(site.OccupancyFraction * ScatteringFactors.Of(tables.Table, site.Species).ElectronsAt(value / (4 * Math.PI)), 2)).Sum()),
    ];

    public static double Distance(CartesianPosition a, CartesianPosition b) =>
        new CartesianPosition(a.XAngstrom - b.XAngstrom, a.YAngstrom - b.YAngstrom, a.ZAngstrom - b.ZAngstrom).LengthAngstrom;
}
