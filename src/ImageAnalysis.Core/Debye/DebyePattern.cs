namespace ImageAnalysis.Core;

/// <summary>Powder patterns of small particles from the Debye equation.</summary>
/// <remarks>
/// <para>
/// With I the intensity per unit cell (volume v) the pattern is y(2θ) = (π/180)·Σ_λ share·(16πv/λ³)·(1 + cos²2θ)·I(4π sin θ/λ), broadened by the
/// instrument. There is no Lorentz factor: it comes out of the sum over orientations. The factor in front makes the pattern comparable with
/// Bragg intensities: integrated over 2θ in degrees, a line of a large crystal has the area m·|F|²·(1 + cos²2θ)/(sin²θ cos θ), since an orientation-averaged
/// reciprocal lattice point of multiplicity m gives ∫I d(2θ) = m·|F|²·λ³/(16πv sin²θ cos θ).
/// </para>
/// <para>The small-angle scattering of the particles' outline is part of the pattern, as is all diffuse scattering that the options leave in. No background, absorption, zero shift or counting noise.</para>
/// </remarks>
public static class DebyePattern
{
    private const double KernelReach = 15; // of the instrument's profile, in half widths to each side
    private const double PointsPerWidth = 6;

    /// <summary>The pattern of spheres of a crystal, averaged over where they are cut and over a distribution of diameters.</summary>
    /// <param name="structure">The crystal with its occupancies and displacements.</param>
    /// <param name="sizes">The diameters, the largest at most 400 Å.</param>
    /// <param name="options">Angles, radiation and so on; defaults where <c>null</c>.</param>
    /// <returns>The pattern, marked as simulated; intensities per unit cell on the scale of the options, not counts.</returns>
    /// <exception cref="ArgumentException">An option or a diameter is outside its range, or a table lacks an element.</exception>
    public static PowderPattern OfSpheres(CrystalStructure structure, DiameterDistribution sizes, DebyePatternOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(structure);
        ArgumentNullException.ThrowIfNull(sizes);
        options ??= new();
        options.Validate();
        return OfSpheres(Collect(structure, sizes, options), sizes, options);
    }

    /// <summary>The pattern of spheres from distances that are already collected, for many patterns of one crystal.</summary>
    /// <param name="spheres">The distances; <see cref="Collect"/> makes what the options need.</param>
    /// <param name="sizes">The diameters.</param>
    /// <param name="options">Angles, radiation and so on; defaults where <c>null</c>.</param>
    /// <returns>The pattern, as above.</returns>
    /// <exception cref="ArgumentException">An option or a diameter is outside its range or the reach of the distances, or a table lacks an element.</exception>
    public static PowderPattern OfSpheres(SphereAverage spheres, DiameterDistribution sizes, DebyePatternOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(spheres);
        options ??= new();
        options.Validate();
        return Pattern(
            options, spheres.Structure.Cell.VolumeAngstrom3, spheres.Structure.Name,
            q => spheres.Sums(sizes, q, options.CellScaleRatio).IntensityElectrons2(options.Debye));
    }

    /// <summary>Collects the distances that patterns with these options need.</summary>
    /// <param name="structure">The crystal.</param>
    /// <param name="sizes">The diameters, the largest at most 400 Å; other distributions up to the same largest diameter may be used with the result.</param>
    /// <param name="options">Angles, radiation and so on; defaults where <c>null</c>. Distances serve scales of the cell down to 10 % below and up to 10 % above that of the options.</param>
    /// <returns>The distances.</returns>
    /// <exception cref="ArgumentException">An option or a diameter is outside its range.</exception>
    public static SphereAverage Collect(CrystalStructure structure, DiameterDistribution sizes, DebyePatternOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        options ??= new();
        options.Validate();
        const double margin = 1.112; // 1/0.9
        double shortest = options.Lines().Min(line => line.Wavelength);
        double last = Math.Min(179, options.LastTwoThetaDeg + (KernelReach * options.InstrumentFwhmDeg));
        double largestQ = Math.Min(DebyeScattering.LargestQPerAngstrom, ScatteringVector(last, shortest) * options.CellScaleRatio * margin);

        // Near the largest size that is possible at all the margin for other scales of the cell shrinks.
        double largest = sizes.LargestAngstrom / options.CellScaleRatio;
        return SphereAverage.Of(structure, largest <= SphereAverage.LargestAngstrom ? Math.Min(largest * margin, SphereAverage.LargestAngstrom) : largest, largestQ);
    }

    /// <summary>The mean pattern of explicit or statistical particles cut from a crystal.</summary>
    /// <param name="structure">The crystal that they were cut from; it gives the volume of a cell.</param>
    /// <param name="particles">The particles, each with its number of cells; at least one. Each counts once, so a sample of a distribution is drawn by number (<see cref="ParticleEnsemble"/>).</param>
    /// <param name="options">Angles, radiation and so on; defaults where <c>null</c>. The scale of the cell applies to the particles as a whole.</param>
    /// <returns>The pattern, marked as simulated; intensities per unit cell on the scale of the options, not counts.</returns>
    /// <exception cref="ArgumentException">There is no particle, one does not know its number of cells, an option is outside its range, or a table lacks an element.</exception>
    public static PowderPattern OfClusters(CrystalStructure structure, IEnumerable<Cluster> particles, DebyePatternOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(structure);
        ArgumentNullException.ThrowIfNull(particles);
        options ??= new();
        options.Validate();
        Cluster[] clusters = [.. particles];
        if (clusters.Length == 0 || clusters.Any(cluster => cluster.CellCountRatio is null))
        {
            throw new ArgumentException("Expected at least one particle, and each with its number of unit cells.", nameof(particles));
        }

        double cells = clusters.Sum(cluster => cluster.CellCountRatio!.Value);
        return Pattern(options, structure.Cell.VolumeAngstrom3, structure.Name, q =>
        {
            double[] sum = new double[q.Length];
            foreach (Cluster cluster in clusters)
            {
                double[] one = DebyeScattering.IntensityElectrons2(options.CellScaleRatio == 1 ? cluster : cluster.Scaled(options.CellScaleRatio), q, options.Debye);
                for (int i = 0; i < sum.Length; i++)
                {
                    sum[i] += one[i] / cells;
                }
            }

            return sum;
        });
    }

    private static double ScatteringVector(double twoThetaDeg, double wavelength) => 4 * Math.PI * Math.Sin(twoThetaDeg * Math.PI / 360) / wavelength;

    private static PowderPattern Pattern(DebyePatternOptions options, double cellVolume, string name, Func<double[], double[]> intensityAt)
    {
        double[] angles = options.Angles();
        double volume = cellVolume * Math.Pow(options.CellScaleRatio, 3);
        double[] values = options.InstrumentFwhmDeg == 0
            ? Sharp(angles, options, volume, intensityAt)
            : Broadened(angles, options, volume, intensityAt);
        return new(angles, values) { Wavelengths = options.Wavelengths, IsSimulated = true, Title = name };
    }

    private static double[] Sharp(double[] angles, DebyePatternOptions options, double volume, Func<double[], double[]> intensityAt)
    {
        (double Wavelength, double Share)[] lines = options.Lines();
        double[] intensities = intensityAt([.. lines.SelectMany(line => angles.Select(angle => ScatteringVector(angle, line.Wavelength)))]);
        double[] values = new double[angles.Length];
        for (int line = 0; line < lines.Length; line++)
        {
            double front = options.ScaleRatio * lines[line].Share * Math.PI / 180 * 16 * Math.PI * volume / Math.Pow(lines[line].Wavelength, 3);
            for (int i = 0; i < values.Length; i++)
            {
                double cosine = Math.Cos(angles[i] * Math.PI / 180);
                values[i] += front * (1 + (cosine * cosine)) * intensities[(line * values.Length) + i];
            }
        }

        return values;
    }

    // The sum over a finer grid that holds the wanted angles, with weights that sum to 1. Near 0° and 180° the profile is cut.
    private static double[] Broadened(double[] angles, DebyePatternOptions options, double volume, Func<double[], double[]> intensityAt)
    {
        double step = angles.Length > 1 ? options.StepDeg : options.InstrumentFwhmDeg;
        int finer = (int)Math.Ceiling(step * PointsPerWidth / options.InstrumentFwhmDeg);
        double fine = step / finer;
        int reach = (int)Math.Ceiling(KernelReach * options.InstrumentFwhmDeg / fine);
        double[] kernel = [.. Enumerable.Range(-reach, (2 * reach) + 1).Select(k => PseudoVoigtAt(k * fine, options.InstrumentFwhmDeg, options.InstrumentEtaFraction))];
        double[] grid = [.. Enumerable.Range(0, ((angles.Length - 1) * finer) + (2 * reach) + 1).Select(i => angles[0] + ((i - reach) * fine))];
        int skipped = grid.Count(angle => angle < 0.2);
        double[] inside = [.. grid.Where(angle => angle is >= 0.2 and <= 179)];
        double[] sharp = Sharp(inside, options, volume, intensityAt);
        double[] values = new double[angles.Length];
        for (int i = 0; i < values.Length; i++)
        {
            double sum = 0;
            double total = 0;
            for (int k = 0; k < kernel.Length; k++)
            {
                int at = (i * finer) + k - skipped;
                if (at >= 0 && at < sharp.Length)
                {
                    sum += kernel[k] * sharp[at];
                    total += kernel[k];
                }
            }

            values[i] = sum / total;
        }

        return values;
    }

    private static double PseudoVoigtAt(double offset, double fwhm, double eta)
    {
        double t = offset / fwhm;
        return (eta * 2 / Math.PI / (1 + (4 * t * t))) + ((1 - eta) * 2 * Math.Sqrt(Math.Log(2) / Math.PI) * Math.Exp(-4 * Math.Log(2) * t * t));
    }
}
