namespace ImageAnalysis.Core;

/// <summary>
/// Spheres cut from a crystal, averaged over all positions of the centre in the cell and over a distribution of diameters: the smooth intensity of a powder of such
/// particles, exactly and in one sum.
/// </summary>
/// <remarks>
/// Averaged over the centre, a pair of places at distance r lies inside a sphere of volume V in (V/V_cell)·γ(r/D) of all cases per cell, with γ the volume that the
/// sphere shares with its own copy displaced by r. So the sums per unit cell are P_ab(q) = Σ_k n_k Γ(r_k) sin(qr_k)/(qr_k), with n_k the number of
/// neighbours at distance r_k in the infinite crystal and Γ the mean of γ over the distribution, weighted by volume (<see cref="DiameterDistribution.OverlapFraction"/>): averaging over
/// sizes costs nothing and involves no interpolation. The particle's mean number of places is V/V_cell times that of the cell, which is the scale of Bragg intensities.
/// <para>Occupancies are independent of one another, as in every statistical cluster; the surface is that of the crystal, unrelaxed.</para>
/// </remarks>
public sealed class SphereAverage
{
    /// <summary>The largest diameter that can be asked for, Å.</summary>
    public const double LargestAngstrom = 400;

    private readonly double[][] distances;
    private readonly double[][] counts;
    private readonly double[] atoms;
    private readonly double[] coincident;
    private readonly double bound;

    private SphereAverage(CrystalStructure structure, double reach, double largestQ, double[][] distances, double[][] counts, double[] atoms, double[] coincident, double bound)
    {
        (Structure, ReachAngstrom, LargestQPerAngstrom) = (structure, reach, largestQ);
        (this.distances, this.counts, this.atoms, this.coincident, this.bound) = (distances, counts, atoms, coincident, bound);
    }

    /// <summary>The crystal.</summary>
    public CrystalStructure Structure { get; }

    /// <summary>Distances up to this one are known, Å: the largest diameter that can be asked for, in the unstrained crystal.</summary>
    public double ReachAngstrom { get; }

    /// <summary>Scattering vectors up to this one can be asked for, Å⁻¹.</summary>
    public double LargestQPerAngstrom { get; }

    /// <summary>Collects the distances of a crystal.</summary>
    /// <param name="structure">The crystal; occupancies do not matter.</param>
    /// <param name="largestDiameterAngstrom">The largest diameter that will be asked for, Å; above 0, at most 400. The work grows with its third power.</param>
    /// <param name="largestQPerAngstrom">The largest scattering vector that will be asked for, 4π sin θ/λ in Å⁻¹; above 0, at most 60. Finer bins for larger ones.</param>
    /// <returns>The distances, to be used with any distribution of smaller diameters, strain and occupancies.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or outside its range.</exception>
    public static SphereAverage Of(CrystalStructure structure, double largestDiameterAngstrom, double largestQPerAngstrom)
    {
        ArgumentNullException.ThrowIfNull(structure);
        if (largestDiameterAngstrom is not (> 0 and <= LargestAngstrom))
        {
            throw new ArgumentOutOfRangeException(nameof(largestDiameterAngstrom), largestDiameterAngstrom, "The largest diameter must be above 0 and at most 400 Å.");
        }

        if (largestQPerAngstrom is not (> 0 and <= DebyeScattering.LargestQPerAngstrom))
        {
            throw new ArgumentOutOfRangeException(nameof(largestQPerAngstrom), largestQPerAngstrom, $"The largest scattering vector must be above 0 and at most {DebyeScattering.LargestQPerAngstrom} Å⁻¹.");
        }

        int count = structure.Sites.Count;
        double width = DebyeScattering.FirstWidth(largestQPerAngstrom, count);
        double[][] distances = new double[count * (count + 1) / 2][];
        double[][] counts = new double[distances.Length][];
        double[] coincident = new double[distances.Length];
        double bound = 0;
        PairDistances bins = new(width, largestDiameterAngstrom);
        AtomCoordinates around = new(1024);
        for (int a = 0; a < count; a++)
        {
            IReadOnlyList<FractionalPosition> orbit = structure.Orbit(a);
            AtomCoordinates centre = new(1);
            centre.Add(0, 0, 0);
            for (int b = 0; b <= a; b++)
            {
                int index = PairSums.Index(a, b);
                double scale = Math.Sqrt((double)orbit.Count * structure.MultiplicityCount(b));
                // All positions of an orbit have the same surroundings: the first stands for all.
                around.Clear();
                foreach (FractionalPosition position in structure.Orbit(b))
                {
                    ParticleCutter.AddRepeats(structure.Cell, position, orbit[0], largestDiameterAngstrom, around);
                }

                double ratio;
                while (true)
                {
                    bins.Clear();
                    bins.AddBetween(centre, around);
                    long here = bins.ShortestCount == 0 ? 0 : CoincidentAtoms.Count(centre, around, false);
                    bins.RemoveCoincident(here);
                    coincident[index] = orbit.Count * (a == b ? here - 1 : here);
                    ratio = orbit.Count * bins.BoundRatio(largestQPerAngstrom) / scale;
                    if (ratio <= DebyeScattering.LargestErrorBoundRatio / count)
                    {
                        break;
                    }

                    width *= 0.9 * Math.Cbrt(DebyeScattering.LargestErrorBoundRatio / count / ratio);
                    bins = new(width, largestDiameterAngstrom);
                }

                bound = Math.Max(bound, ratio);
                List<double> r = [];
                List<double> n = [];
                bins.Collect(r, n);
                distances[index] = [.. r];
                counts[index] = [.. n.Select(pairs => pairs * orbit.Count)];
            }
        }

        return new(structure, largestDiameterAngstrom, largestQPerAngstrom, distances, counts, [.. Enumerable.Range(0, count).Select(site => (double)structure.MultiplicityCount(site))], coincident, bound);
    }

    /// <summary>The sums per unit cell.</summary>
    /// <param name="sizes">The diameters of the strained particles; the largest at most <see cref="ReachAngstrom"/> times the scale.</param>
    /// <param name="qPerAngstrom">Scattering vectors q = 4π sin θ/λ (with 2π) in Å⁻¹, 0 to <see cref="LargestQPerAngstrom"/> over the scale, in any order; at least one.</param>
    /// <param name="cellScaleRatio">Cell edges are multiplied by it: 1 + strain; default 1, 0.5 to 2.</param>
    /// <returns>The sums: <see cref="PairSums.IntensityElectrons2"/> gives the intensity per unit cell.</returns>
    /// <exception cref="ArgumentException">No scattering vector, one out of range, or a diameter beyond the reach.</exception>
    public PairSums Sums(DiameterDistribution sizes, ReadOnlySpan<double> qPerAngstrom, double cellScaleRatio = 1)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        if (cellScaleRatio is not (>= 0.5 and <= 2))
        {
            throw new ArgumentOutOfRangeException(nameof(cellScaleRatio), cellScaleRatio, "The scale of the cell must be from 0.5 to 2.");
        }

        if (sizes.LargestAngstrom > ReachAngstrom * cellScaleRatio * (1 + 1e-9))
        {
            throw new ArgumentOutOfRangeException(nameof(sizes), sizes.LargestAngstrom, FormattableString.Invariant($"The largest diameter is {sizes.LargestAngstrom} Å; distances reach to {ReachAngstrom * cellScaleRatio} Å."));
        }

        double largest = DebyeScattering.CheckedLargest(qPerAngstrom);
        if (largest * cellScaleRatio > LargestQPerAngstrom * (1 + 1e-9))
        {
            throw new ArgumentOutOfRangeException(nameof(qPerAngstrom), largest, FormattableString.Invariant($"The largest scattering vector is {largest} Å⁻¹; the bins are made for {LargestQPerAngstrom / cellScaleRatio}."));
        }

        SincSum sinc = new(qPerAngstrom, Math.Max(1, sizes.LargestAngstrom));
        double[][] sums = new double[distances.Length][];
        List<double> r = [];
        List<double> n = [];
        for (int pair = 0; pair < sums.Length; pair++)
        {
            r.Clear();
            n.Clear();
            for (int k = 0; k < distances[pair].Length && distances[pair][k] * cellScaleRatio < sizes.LargestAngstrom; k++)
            {
                double distance = distances[pair][k] * cellScaleRatio;
                r.Add(distance);
                n.Add(counts[pair][k] * sizes.OverlapFraction(distance));
            }

            sums[pair] = new double[qPerAngstrom.Length];
            sinc.Add(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(r), System.Runtime.InteropServices.CollectionsMarshal.AsSpan(n), 1, sums[pair]);
        }

        return new([.. Structure.Sites.Select(ClusterSite.Of)], qPerAngstrom.ToArray(), atoms, coincident, sums, bound);
    }
}
