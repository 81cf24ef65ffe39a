namespace ImageAnalysis.Core;

/// <summary>
/// The geometric part of the structure factors of a fixed set of reflections: for each reflection j and site i the sum over the site's positions
/// S = Σ exp(2πi h·r). It depends on the positions alone, so |F|² and its derivatives by occupancy and B are cheap for any occupancies, displacements
/// and cell.
/// </summary>
/// <remarks>
/// With g = n (f0 + f′) exp(−B s²) and q = n f″ exp(−B s²) of each site, a powder sees the mean of (hkl) and its opposite,
/// |F|² = |Σ g S|² + |Σ q S|², because the cross terms of the two have opposite signs. (F(hkl) = Σ (g + iq) S and F(−h−k−l) = Σ (g + iq) S*.)
/// Derivative by the occupancy n of site i: 2 Re[(Σ g S)* S_i] g_i/n + 2 Re[(Σ q S)* S_i] q_i/n; by its B: −s² times that with g_i and q_i in place of g_i/n and q_i/n.
/// </remarks>
public sealed class SiteSums
{
    private readonly ReflectionFamily[] families;
    private readonly double[] real;
    private readonly double[] imaginary;

    private SiteSums(ReflectionFamily[] families, int siteCount, double[] real, double[] imaginary)
    {
        (this.families, SiteCount, this.real, this.imaginary) = (families, siteCount, real, imaginary);
        IsReal = Array.TrueForAll(imaginary, value => value == 0);
    }

    /// <summary>The reflections.</summary>
    public IReadOnlyList<ReflectionFamily> Families => families;

    /// <summary>Number of sites.</summary>
    public int SiteCount { get; }

    /// <summary>True where all imaginary parts are 0, as in a crystal with its centre of symmetry at the origin.</summary>
    public bool IsReal { get; }

    /// <summary>Real parts, number of reflection × <see cref="SiteCount"/> + number of site.</summary>
    public ReadOnlySpan<double> Real => real;

    /// <summary>Imaginary parts, number of reflection × <see cref="SiteCount"/> + number of site.</summary>
    public ReadOnlySpan<double> Imaginary => imaginary;

    /// <summary>Computes the sums.</summary>
    /// <param name="structure">The crystal; occupancies, displacements and cell do not matter.</param>
    /// <param name="families">The reflections, as <see cref="Core.Reflections.Families"/> gives them.</param>
    /// <returns>The sums.</returns>
    public static SiteSums Of(CrystalStructure structure, IReadOnlyList<ReflectionFamily> families)
    {
        ArgumentNullException.ThrowIfNull(structure);
        ArgumentNullException.ThrowIfNull(families);
        int sites = structure.Sites.Count;
        double[] real = new double[families.Count * sites];
        double[] imaginary = new double[families.Count * sites];
        bool centred = HasCentreAtOrigin(structure.Symmetry);
        for (int site = 0; site < sites; site++)
        {
            IReadOnlyList<FractionalPosition> orbit = structure.Orbit(site);
            for (int j = 0; j < families.Count; j++)
            {
                double sumCosine = 0, sumSine = 0;
                ReflectionFamily family = families[j];
                for (int atom = 0; atom < orbit.Count; atom++)
                {
                    FractionalPosition r = orbit[atom];
                    double angle = 2 * Math.PI * ((family.H * r.XFraction) + (family.K * r.YFraction) + (family.L * r.ZFraction));
                    sumCosine += Math.Cos(angle);
                    sumSine += centred ? 0 : Math.Sin(angle);
                }

                real[(j * sites) + site] = Clean(sumCosine);
                imaginary[(j * sites) + site] = centred ? 0 : Clean(sumSine);
            }
        }

        return new([.. families], sites, real, imaginary);
    }

    /// <summary>|F|² of all reflections for one set of occupancies and displacements.</summary>
    /// <param name="structure">The crystal with its occupancies, displacements and kinds of atoms; sites as those the sums were made for.</param>
    /// <param name="options">Tables and displacements; the spacing limit is not looked at.</param>
    /// <returns>The reflections in the order of <see cref="Families"/>.</returns>
    /// <exception cref="ArgumentException">The structure has another number of sites, or a table lacks an element.</exception>
    public IReadOnlyList<Reflection> Reflections(CrystalStructure structure, ReflectionOptions options)
    {
        ArgumentNullException.ThrowIfNull(structure);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (structure.Sites.Count != SiteCount)
        {
            throw new ArgumentException($"The structure has {structure.Sites.Count} sites; the sums were made for {SiteCount}.", nameof(structure));
        }

        SiteScattering[] scattering = [.. structure.Sites.Select(site => SiteScattering.Of(site, options))];
        Reflection[] reflections = new Reflection[families.Length];
        for (int j = 0; j < reflections.Length; j++)
        {
            double s = 0.5 / structure.Cell.SpacingAngstrom(families[j].H, families[j].K, families[j].L);
            double gReal = 0, gImaginary = 0, qReal = 0, qImaginary = 0;
            for (int i = 0; i < SiteCount; i++)
            {
                (double g, double q) = scattering[i].At(s);
                double sumReal = real[(j * SiteCount) + i], sumImaginary = imaginary[(j * SiteCount) + i];
                gReal += g * sumReal;
                gImaginary += g * sumImaginary;
                qReal += q * sumReal;
                qImaginary += q * sumImaginary;
            }

            reflections[j] = new(
                families[j] with { SpacingAngstrom = 0.5 / s },
                (gReal * gReal) + (gImaginary * gImaginary) + (qReal * qReal) + (qImaginary * qImaginary));
        }

        return reflections;
    }

    private static bool HasCentreAtOrigin(SymmetryGroup symmetry) =>
        symmetry.Operations.Any(operation => operation is { IsInversion: true, XFraction: 0, YFraction: 0, ZFraction: 0 });

    // Sums that vanish by symmetry come out as some 1e-15.
    private static double Clean(double sum) => Math.Abs(sum) < 1e-10 ? 0 : sum;
}
