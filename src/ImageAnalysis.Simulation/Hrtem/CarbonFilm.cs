namespace ImageAnalysis.Simulation;

/// <summary>Amorphous carbon, atom by atom.</summary>
/// <remarks>
/// Places are drawn evenly within the film and kept where no atom is too close (random sequential addition; at 2 g/cm³ and 0.15 nm the spheres fill 18 % of the space, far
/// below the 38 % at which this method jams). The film is flat where the beam comes in, and its thickness varies smoothly on the other side. It repeats itself over the
/// rectangle. Not in it: the bonds of carbon, thus no peak of the pair distribution at 0.25 nm and graphite-like fringes nowhere; the power spectrum of the atoms is nearly flat.
/// </remarks>
public static class CarbonFilm
{
    /// <summary>Atoms of carbon in a nm³ at 1 g/cm³: N_A / (12.011 g/mol · 10²¹).</summary>
    private const double AtomsPerGram = 602.214076 / 12.011;

    private const long MostAttemptsPerAtom = 200;

    /// <summary>Builds a film.</summary>
    /// <param name="widthNm">Width of the rectangle that it repeats itself over, nm, 0.5…1000.</param>
    /// <param name="heightNm">Height of the rectangle, nm, 0.5…1000.</param>
    /// <param name="topNm">Depth at which the film begins, nm.</param>
    /// <param name="options">Thickness, density, texture.</param>
    /// <param name="seed">Where the randomness comes from; same seed, same film on every platform.</param>
    /// <returns>The atoms, in the order in which they were placed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its limits.</exception>
    /// <exception cref="ArgumentException">The film has more atoms than a specimen may have.</exception>
    public static IReadOnlyList<SpecimenAtom> Build(double widthNm, double heightNm, double topNm, CarbonFilmOptions options, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(options);
        Limits.Check(nameof(widthNm), widthNm, 0.5, 1000);
        Limits.Check(nameof(heightNm), heightNm, 0.5, 1000);
        Limits.Check(nameof(topNm), topNm, -1000, 1000);
        options.Validate();
        PeriodicTexture texture = new(widthNm, heightNm, options.TextureNm, new RandomStream(seed, "carbon texture"));
        double thickest = options.ThicknessNm * Thickness(texture.Largest, options);
        double meanThickness = options.ThicknessNm * texture.Mean(value => Thickness(value, options));
        double expected = options.DensityGramPerCm3 * AtomsPerGram * widthNm * heightNm * meanThickness;
        if (expected > AtomicSpecimen.MostAtomsCount)
        {
            throw new ArgumentException(FormattableString.Invariant($"The film has {expected:G3} atoms; allowed: up to {AtomicSpecimen.MostAtomsCount}."), nameof(options));
        }

        int count = (int)Math.Round(expected);
        List<SpecimenAtom> atoms = new(count);
        if (count == 0)
        {
            return atoms;
        }

        PeriodicNeighbours neighbours = new(widthNm, heightNm, thickest, options.ShortestDistanceNm, count);
        RandomStream random = new(seed, "carbon atoms");
        for (long attempt = 0; atoms.Count < count; attempt++)
        {
            if (attempt > MostAttemptsPerAtom * count)
            {
                throw new ArgumentException(FormattableString.Invariant($"Only {atoms.Count} of {count} atoms of carbon found room; make the film less dense or the shortest distance smaller."), nameof(options));
            }

            double x = widthNm * random.NextUniform(), y = heightNm * random.NextUniform(), z = thickest * random.NextUniform();
            if (z <= options.ThicknessNm * Thickness(texture.At(x, y), options) && neighbours.TryAdd(x, y, z))
            {
                atoms.Add(new SpecimenAtom(6, x, y, topNm + z, options.DisplacementSigmaNm));
            }
        }

        return atoms;
    }

    /// <summary>Atoms over a nm² of a film of even thickness.</summary>
    internal static double AtomsPerNm2(CarbonFilmOptions options) => options.DensityGramPerCm3 * AtomsPerGram * options.ThicknessNm;

    /// <summary>
    /// What is left of the film's power at low frequencies since its atoms keep apart: (1 − η)⁴/(1 + 2η)² for hard spheres that fill the share η of the space
    /// (J. K. Percus and G. J. Yevick, Phys. Rev. 110 (1958) 1, doi:10.1103/PhysRev.110.1, in the solution of M. S. Wertheim, doi:10.1103/PhysRevLett.10.321).
    /// </summary>
    internal static double LongWaveStructureFactor(CarbonFilmOptions options)
    {
        double d = options.ShortestDistanceNm;
        double eta = Math.PI / 6 * d * d * d * options.DensityGramPerCm3 * AtomsPerGram;
        return Math.Pow(1 - eta, 4) / Math.Pow(1 + (2 * eta), 2);
    }

    // Thickness over its mean for a value of the texture; a film has no holes.
    private static double Thickness(double texture, CarbonFilmOptions options) => Math.Max(0.1, 1 + (options.TextureFraction * texture));
}
