namespace ImageAnalysis.Core;

/// <summary>The Debye scattering equation: the intensity of a particle from the distances between its atoms, averaged over all orientations.</summary>
/// <remarks>
/// I(q) = Σ_i Σ_j f_i f_j sin(q r_ij)/(q r_ij): International Tables for Crystallography H (2018), section 3.2.4, after P. Debye, Ann. Phys. 351 (1915) 809, doi:10.1002/andp.19153510606 (not opened). The distances of each pair of sites are
/// sorted into bins that keep number, mean and variance of r² (<see cref="PairDistances"/>), and the sums over bins are done on a grid and interpolated (<see cref="SincSum"/>).
/// The error has a proven bound, <see cref="PairSums.ErrorBoundRatio"/>, which is kept below <see cref="LargestErrorBoundRatio"/> over the number of sites. Time grows with the square of the number
/// of atoms. No absorption, no multiple scattering, no scattering between particles.
/// </remarks>
public static class DebyeScattering
{
    /// <summary>The intensity is off by at most this share of Σ n² f², the part that the atoms scatter without their interference.</summary>
    public const double LargestErrorBoundRatio = 1e-4;

    /// <summary>Largest scattering vector, Å⁻¹: 60, beyond what tables of scattering factors reach.</summary>
    public const double LargestQPerAngstrom = 60;

    /// <summary>The intensity of one particle.</summary>
    /// <param name="cluster">The particle, explicit or statistical.</param>
    /// <param name="qPerAngstrom">Scattering vectors q = 4π sin θ/λ (with 2π) in Å⁻¹, 0 to 60, in any order; at least one.</param>
    /// <param name="options">Tables and diffuse terms; defaults where <c>null</c>.</param>
    /// <returns>The intensity in electrons², a value for each scattering vector; at q = 0 the square of the number of electrons (explicit cluster, no f′ f″).</returns>
    /// <exception cref="ArgumentException">No scattering vector, one that is not finite or out of range, an explicit cluster with two atoms at one place, one of more than some 1,000 Å (fewer for q above 5 Å⁻¹), or a table that lacks an element.</exception>
    public static double[] IntensityElectrons2(Cluster cluster, ReadOnlySpan<double> qPerAngstrom, DebyeOptions? options = null) =>
        PairSums(SiteMerging.Merge(cluster), qPerAngstrom).IntensityElectrons2(options);

    /// <summary>The geometric part of the intensity of one particle, site by site.</summary>
    /// <param name="cluster">The particle, explicit or statistical.</param>
    /// <param name="qPerAngstrom">Scattering vectors q = 4π sin θ/λ (with 2π) in Å⁻¹, 0 to 60, in any order; at least one.</param>
    /// <returns>The sums, per particle.</returns>
    /// <exception cref="ArgumentException">No scattering vector, one that is not finite or out of range, an explicit cluster with two atoms at one place, or one of more than some 1,000 Å (fewer for q above 5 Å⁻¹).</exception>
    public static PairSums PairSums(Cluster cluster, ReadOnlySpan<double> qPerAngstrom)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        double largest = CheckedLargest(qPerAngstrom);
        int count = cluster.Sites.Count;
        double longest = Math.Max(1, cluster.Extent());
        AtomCoordinates[] coordinates = SiteBySite(cluster);
        SincSum sinc = new(qPerAngstrom, longest);
        double width = FirstWidth(largest, count);
        PairDistances bins = new(width, longest);
        List<double> distances = [];
        List<double> counts = [];
        double[][] sums = new double[count * (count + 1) / 2][];
        double[] coincident = new double[sums.Length];
        double bound = 0;
        for (int a = 0; a < count; a++)
        {
            for (int b = 0; b <= a; b++)
            {
                int index = Core.PairSums.Index(a, b);
                sums[index] = new double[qPerAngstrom.Length];
                double scale = Math.Sqrt((double)coordinates[a].Count * coordinates[b].Count);
                if (scale == 0)
                {
                    continue;
                }

                double factor = a == b ? 2 : 1; // each pair within a site counts twice in the double sum
                double ratio;
                while (true)
                {
                    Fill(bins, coordinates, a, b);
                    coincident[index] = bins.ShortestCount == 0 ? 0 : CoincidentAtoms.Count(coordinates[a], coordinates[b], a == b);
                    bins.RemoveCoincident((long)coincident[index]);
                    ratio = factor * bins.BoundRatio(largest) / scale;
                    if (ratio <= LargestErrorBoundRatio / count)
                    {
                        break;
                    }

                    // The bound goes with the third power of the width: finer bins for this and all following pairs.
                    width *= 0.9 * Math.Cbrt(LargestErrorBoundRatio / count / ratio);
                    bins = new(width, longest);
                }

                coincident[index] *= factor;
                bound = Math.Max(bound, ratio);
                distances.Clear();
                counts.Clear();
                bins.Collect(distances, counts);
                sinc.Add(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(distances), System.Runtime.InteropServices.CollectionsMarshal.AsSpan(counts), factor, sums[index]);
            }
        }

        if (cluster.IsExplicit && coincident.Any(pairs => pairs > 0))
        {
            throw new ArgumentException("Two atoms of the cluster are at one place, and both are there with certainty.", nameof(cluster));
        }

        return new(cluster.Sites, qPerAngstrom.ToArray(), [.. coordinates.Select(site => (double)site.Count)], coincident, sums, bound);
    }

    internal static double CheckedLargest(ReadOnlySpan<double> q)
    {
        if (q.Length == 0)
        {
            throw new ArgumentException("There is no scattering vector; expected at least one.", nameof(q));
        }

        double largest = 0;
        foreach (double value in q)
        {
            if (value is not (>= 0 and <= LargestQPerAngstrom))
            {
                throw new ArgumentOutOfRangeException(nameof(q), value, FormattableString.Invariant($"A scattering vector is {value} Å⁻¹; expected 0…{LargestQPerAngstrom}."));
            }

            largest = Math.Max(largest, value);
        }

        return largest;
    }

    /// <summary>
    /// A width of bins that meets the bound in ordinary matter: far from the first term, |g‴| ≈ q²/(8r⁴), and the sum of 1/r⁴ over the neighbours of an atom is
    /// about 0.3 Å⁻⁴ (eight at 2.5 Å give 0.2).
    /// </summary>
    internal static double FirstWidth(double largestQ, int siteCount)
    {
        double q = Math.Max(largestQ, 0.5);
        return Math.Cbrt(24 * 8 * LargestErrorBoundRatio / siteCount / (q * q * 0.3));
    }

    private static void Fill(PairDistances bins, AtomCoordinates[] coordinates, int a, int b)
    {
        bins.Clear();
        if (a == b)
        {
            bins.AddWithin(coordinates[a]);
        }
        else
        {
            bins.AddBetween(coordinates[a], coordinates[b]);
        }
    }

    private static AtomCoordinates[] SiteBySite(Cluster cluster)
    {
        AtomCoordinates[] coordinates = [.. cluster.Sites.Select((_, site) => new AtomCoordinates(cluster.AtomCountOf(site)))];
        foreach (ClusterAtom atom in cluster.Atoms)
        {
            coordinates[atom.SiteIndex].Add(atom.Position.XAngstrom, atom.Position.YAngstrom, atom.Position.ZAngstrom);
        }

        return coordinates;
    }
}
