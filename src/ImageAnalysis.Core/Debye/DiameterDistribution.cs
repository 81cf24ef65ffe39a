namespace ImageAnalysis.Core;

/// <summary>The diameters of spherical particles: how many there are of each, by number. From measured particles, or a normal or log-normal law.</summary>
public sealed class DiameterDistribution
{
    private const int NodeCount = 401; // of a continuous law: 25 to 35 a standard deviation
    private const double NodeReach = 6;

    private readonly double[] diameters; // increasing
    private readonly double[] weights; // by number, of sum 1
    private readonly double[] above0; // sums of weight · diameter^n over this and all larger diameters
    private readonly double[] above2;
    private readonly double[] above3;

    private DiameterDistribution(double[] diameters, double[] weights)
    {
        Array.Sort(diameters, weights);
        double total = weights.Sum();
        (this.diameters, this.weights) = (diameters, [.. weights.Select(weight => weight / total)]);
        DiametersAngstrom = Array.AsReadOnly(this.diameters);
        NumberFractions = Array.AsReadOnly(this.weights);
        above0 = Above(0);
        above2 = Above(2);
        above3 = Above(3);
        MeanAngstrom = Moment(1);
        SdAngstrom = Math.Sqrt(Math.Max(0, Moment(2) - (MeanAngstrom * MeanAngstrom)));
        VolumeMeanAngstrom = Moment(4) / Moment(3);
    }

    /// <summary>The diameters in Å, increasing; those of a continuous law are the nodes by which it is integrated.</summary>
    public IReadOnlyList<double> DiametersAngstrom { get; }

    /// <summary>Share of particles of each diameter, by number; the sum is 1.</summary>
    public IReadOnlyList<double> NumberFractions { get; }

    /// <summary>Mean diameter by number, Å.</summary>
    public double MeanAngstrom { get; }

    /// <summary>Standard deviation of the diameter by number, Å; 0 for a single one.</summary>
    public double SdAngstrom { get; }

    /// <summary>Mean diameter weighted by volume, ⟨D⁴⟩/⟨D³⟩, Å: what diffraction sees.</summary>
    public double VolumeMeanAngstrom { get; }

    /// <summary>Largest diameter, Å.</summary>
    public double LargestAngstrom => diameters[^1];

    /// <summary>Particles of one diameter.</summary>
    /// <param name="diameterAngstrom">The diameter, Å; above 0, at most 10,000.</param>
    /// <returns>The distribution.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The diameter is NaN or outside its range.</exception>
    public static DiameterDistribution Single(double diameterAngstrom) => OfMeasured([diameterAngstrom]);

    /// <summary>Measured particles, each counted once.</summary>
    /// <param name="diametersAngstrom">Their diameters, Å (nm of an image times <see cref="Units.AngstromPerNmRatio"/>); each above 0, at most 10,000; at least one.</param>
    /// <returns>The distribution.</returns>
    /// <exception cref="ArgumentException">There is no diameter, or one is NaN or outside its range.</exception>
    public static DiameterDistribution OfMeasured(IEnumerable<double> diametersAngstrom)
    {
        ArgumentNullException.ThrowIfNull(diametersAngstrom);
        double[] diameters = [.. diametersAngstrom];
        double[] ones = new double[diameters.Length];
        Array.Fill(ones, 1);
        return OfCounts(diameters, ones);
    }

    /// <summary>A histogram by number, or any other list of diameters with weights.</summary>
    /// <param name="diametersAngstrom">Diameters, Å, in any order; each above 0, at most 10,000; at least one.</param>
    /// <param name="counts">Number of particles of each, or any number in proportion to it; 0 or more, not all 0.</param>
    /// <returns>The distribution.</returns>
    /// <exception cref="ArgumentException">The lists are empty or differ in length, or a number is NaN or outside its range.</exception>
    public static DiameterDistribution OfCounts(IReadOnlyList<double> diametersAngstrom, IReadOnlyList<double> counts)
    {
        ArgumentNullException.ThrowIfNull(diametersAngstrom);
        ArgumentNullException.ThrowIfNull(counts);
        if (diametersAngstrom.Count == 0 || diametersAngstrom.Count != counts.Count)
        {
            throw new ArgumentException($"There are {diametersAngstrom.Count} diameters and {counts.Count} counts; expected as many of both, and at least one.", nameof(counts));
        }

        foreach (double diameter in diametersAngstrom)
        {
            Check(diameter, nameof(diametersAngstrom));
        }

        if (!counts.All(count => count is >= 0 and < double.PositiveInfinity) || counts.Sum() is not (> 0 and < double.PositiveInfinity))
        {
            throw new ArgumentException("Counts are finite, 0 or more, and not all 0.", nameof(counts));
        }

        return new([.. diametersAngstrom.Where((_, i) => counts[i] > 0)], [.. counts.Where(count => count > 0)]);
    }

    /// <summary>A normal law, cut at 0.</summary>
    /// <param name="meanAngstrom">Its mean, Å; above 0, at most 10,000.</param>
    /// <param name="sdAngstrom">Its standard deviation, Å; 0 to the mean.</param>
    /// <returns>The distribution; where it is cut, its mean and s.d. are those of what remains.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or outside its range.</exception>
    public static DiameterDistribution Normal(double meanAngstrom, double sdAngstrom) =>
        Of(meanAngstrom, sdAngstrom, NodeReach, z => meanAngstrom + (z * sdAngstrom));

    /// <summary>A log-normal law.</summary>
    /// <param name="meanAngstrom">Its mean, Å; above 0, at most 10,000.</param>
    /// <param name="sdAngstrom">Its standard deviation, Å; 0 to the mean.</param>
    /// <returns>The distribution.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or outside its range.</exception>
    public static DiameterDistribution LogNormal(double meanAngstrom, double sdAngstrom)
    {
        // Mean m and s.d. s are those of exp(μ + σz) with σ² = ln(1 + s²/m²), μ = ln m − σ²/2.
        double variance = Math.Log(1 + Math.Pow(sdAngstrom / meanAngstrom, 2));
        double sigma = Math.Sqrt(variance);
        // Diffraction weights by D⁴ or so, which moves the middle of the law by 4σ.
        return Of(meanAngstrom, sdAngstrom, NodeReach + (4 * sigma), z => meanAngstrom * Math.Exp((sigma * z) - (variance / 2)));
    }

    /// <summary>
    /// The volume that a particle shares with its own copy displaced by a distance, as a share of its volume: the mean over all particles, weighted by volume. 1 at
    /// distance 0, 0 from the largest diameter on.
    /// </summary>
    /// <param name="distanceAngstrom">The distance, Å; 0 or more.</param>
    /// <returns>⟨D³γ(r/D)⟩/⟨D³⟩ with γ(u) = 1 − 3u/2 + u³/2.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The distance is NaN or negative.</exception>
    /// <remarks>Two spheres of radius R at distance r share π(4R + r)(2R − r)²/12; over 4πR³/3 that is γ.</remarks>
    public double OverlapFraction(double distanceAngstrom)
    {
        if (distanceAngstrom is not >= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(distanceAngstrom), distanceAngstrom, "A distance is 0 or more.");
        }

        int first = Array.BinarySearch(diameters, distanceAngstrom);
        first = first < 0 ? ~first : first;
        double r = distanceAngstrom;
        return first == diameters.Length ? 0 : (above3[first] - (1.5 * r * above2[first]) + (0.5 * r * r * r * above0[first])) / above3[0];
    }

    /// <summary>The diameter below which a share of the particles lies, by number.</summary>
    /// <param name="numberFraction">The share, 0 to 1.</param>
    /// <returns>The smallest listed diameter (node of a law) with at least that share at or below it, Å.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The share is NaN or outside its range.</exception>
    public double QuantileAngstrom(double numberFraction)
    {
        if (numberFraction is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(numberFraction), numberFraction, "A share is from 0 to 1.");
        }

        double sum = 0;
        for (int i = 0; i < weights.Length - 1; i++)
        {
            sum += weights[i];
            if (sum >= numberFraction)
            {
                return diameters[i];
            }
        }

        return diameters[^1];
    }

    private static DiameterDistribution Of(double mean, double sd, double highest, Func<double, double> diameterAt)
    {
        Check(mean, "meanAngstrom");
        if (!(sd >= 0 && sd <= mean))
        {
            throw new ArgumentOutOfRangeException(nameof(sd), sd, "A standard deviation must be from 0 to the mean.");
        }

        if (sd == 0)
        {
            return Single(mean);
        }

        List<double> diameters = [];
        List<double> weights = [];
        for (int i = 0; i < NodeCount; i++)
        {
            double z = -NodeReach + ((highest + NodeReach) * i / (NodeCount - 1));
            double diameter = diameterAt(z);
            if (diameter > 1e-3 * mean && diameter <= 10_000)
            {
                diameters.Add(diameter);
                weights.Add(Math.Exp(-0.5 * z * z));
            }
        }

        return new([.. diameters], [.. weights]);
    }

    private static void Check(double diameter, string name)
    {
        if (diameter is not (> 0 and <= 10_000))
        {
            throw new ArgumentOutOfRangeException(name, diameter, "A diameter must be above 0 and at most 10,000 Å.");
        }
    }

    private double[] Above(int power)
    {
        double[] sums = new double[diameters.Length];
        double sum = 0;
        for (int i = sums.Length - 1; i >= 0; i--)
        {
            sum += weights[i] * Math.Pow(diameters[i], power);
            sums[i] = sum;
        }

        return sums;
    }

    private double Moment(int power)
    {
        double sum = 0;
        for (int i = 0; i < diameters.Length; i++)
        {
            sum += weights[i] * Math.Pow(diameters[i], power);
        }

        return sum;
    }
}
