namespace ImageAnalysis.Core;

/// <summary>
/// The geometric part of the Debye equation of a particle: for each pair of sites a, b the sum P_ab(q) = Σ sin(q r_ij)/(q r_ij) over the atoms i of a and
/// j ≠ i of b. It depends on the positions alone, so intensities for any occupancies, displacements and scattering factors follow at little cost.
/// </summary>
/// <remarks>
/// I(q) = Σ_a N_a n_a |f_a|² + Σ_ab n_a n_b Re(f_a f_b*) exp(−(B_a + B_b)s²) P_ab(q), s = q/4π, with N_a places of occupancy n_a: P. Debye,
/// Ann. Phys. 351 (1915) 809, doi:10.1002/andp.19153510606, averaged over independent occupancies and vibrations. The first sum holds the
/// diffuse terms, see <see cref="DebyeOptions"/>.
/// </remarks>
public sealed class PairSums
{
    private readonly double[] _q;
    private readonly double[] _atoms;
    private readonly double[] _coincident;
    private readonly double[][] _sums;

    internal PairSums(IReadOnlyList<ClusterSite> sites, double[] q, double[] atoms, double[] coincident, double[][] sums, double errorBoundRatio)
    {
        (Sites, _q, _atoms, _coincident, _sums, ErrorBoundRatio) = (sites, q, atoms, coincident, sums, errorBoundRatio);
        QPerAngstrom = Array.AsReadOnly(_q);
        AtomCounts = Array.AsReadOnly(_atoms);
    }

    /// <summary>The sites.</summary>
    public IReadOnlyList<ClusterSite> Sites { get; }

    /// <summary>The scattering vectors, q = 4π sin θ/λ in Å⁻¹, in the order asked for.</summary>
    public IReadOnlyList<double> QPerAngstrom { get; }

    /// <summary>Number of places N_a of each site: of a particle, or per unit cell where the sums are a mean over particles (<see cref="SphereAverage"/>).</summary>
    public IReadOnlyList<double> AtomCounts { get; }

    /// <summary>
    /// Proven bound of the error of P_ab from sorting distances into bins, over √(N_a N_b): the largest of all pairs of sites and scattering vectors. Where it is
    /// ε, the intensity is off by at most ε·(Σ n_a f_a √N_a)², which is no more than ε times the number of sites times Σ N_a n_a² f_a². What happens is far less, since signs alternate.
    /// </summary>
    public double ErrorBoundRatio { get; }

    /// <summary>The sum of one pair of sites; (a, b) and (b, a) are the same.</summary>
    /// <param name="siteA">Number of the one site.</param>
    /// <param name="siteB">Number of the other, or the same.</param>
    /// <returns>P_ab at each scattering vector. In the double sum over a and b it counts once for (a, b) and once for (b, a).</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such site.</exception>
    public ReadOnlySpan<double> Of(int siteA, int siteB)
    {
        Check(siteA, nameof(siteA));
        Check(siteB, nameof(siteB));
        return _sums[Index(siteA, siteB)];
    }

    /// <summary>The intensity with the occupancies and displacements of the sites.</summary>
    /// <param name="options">Tables and diffuse terms; defaults where <c>null</c>.</param>
    /// <returns>The scattered intensity in electrons² at each scattering vector, per particle or per unit cell as <see cref="AtomCounts"/> are.</returns>
    /// <exception cref="ArgumentException">A table lacks an element.</exception>
    public double[] IntensityElectrons2(DebyeOptions? options = null)
    {
        double[] result = new double[_q.Length];
        Intensity([.. Sites.Select(site => site.OccupancyFraction)], options ?? new(), result, []);
        return result;
    }

    /// <summary>The intensity with other occupancies, and its derivatives by them.</summary>
    /// <param name="occupancyFractions">The occupancy n_a of each site, 0 to 1.</param>
    /// <param name="options">Tables and diffuse terms.</param>
    /// <param name="intensityElectrons2">Receives the intensity, a value for each scattering vector.</param>
    /// <param name="byOccupancy">Receives ∂I/∂n_a, site by site, each with a value for every scattering vector; empty where not wanted.</param>
    /// <exception cref="ArgumentException">A list has the wrong length, an occupancy is not from 0 to 1, or a table lacks an element.</exception>
    public void Intensity(ReadOnlySpan<double> occupancyFractions, DebyeOptions options, Span<double> intensityElectrons2, Span<double> byOccupancy)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Scattering.Validate();
        int points = _q.Length;
        if (occupancyFractions.Length != Sites.Count || intensityElectrons2.Length != points || (byOccupancy.Length != 0 && byOccupancy.Length != points * Sites.Count))
        {
            throw new ArgumentException($"Expected {Sites.Count} occupancies and {points} values for each result.");
        }

        foreach (double occupancy in occupancyFractions)
        {
            if (occupancy is not (>= 0 and <= 1))
            {
                throw new ArgumentOutOfRangeException(nameof(occupancyFractions), occupancy, "An occupancy must be from 0 to 1.");
            }
        }

        SiteAmplitudes amplitudes = SiteAmplitudes.Of(Sites, _q, options.Scattering);
        intensityElectrons2.Clear();
        byOccupancy.Clear();
        for (int a = 0; a < Sites.Count; a++)
        {
            AddSelf(a, occupancyFractions, options, amplitudes, intensityElectrons2, byOccupancy);
            for (int b = a; b < Sites.Count; b++)
            {
                AddPair(a, b, occupancyFractions, options, amplitudes, intensityElectrons2, byOccupancy);
            }
        }
    }

    /// <summary>Place of a pair of sites in a list of all, (0, 0), (0, 1), (1, 1), (0, 2) …</summary>
    internal static int Index(int a, int b) => a < b ? (b * (b + 1) / 2) + a : (a * (a + 1) / 2) + b;

    private void AddSelf(int a, ReadOnlySpan<double> n, DebyeOptions options, SiteAmplitudes amplitudes, Span<double> intensity, Span<double> byOccupancy)
    {
        ReadOnlySpan<double> real = amplitudes.Real(a), imaginary = amplitudes.Imaginary(a), damping = amplitudes.Damping(a);
        double weight = _atoms[a] * (options.OccupancyDiffuse ? n[a] : n[a] * n[a]);
        double slope = _atoms[a] * (options.OccupancyDiffuse ? 1 : 2 * n[a]);
        for (int i = 0; i < intensity.Length; i++)
        {
            double square = (real[i] * real[i]) + (imaginary[i] * imaginary[i]);
            square = options.ThermalDiffuse ? square : square * damping[i] * damping[i];
            intensity[i] += weight * square;
            if (byOccupancy.Length > 0)
            {
                byOccupancy[(a * intensity.Length) + i] += slope * square;
            }
        }
    }

    private void AddPair(int a, int b, ReadOnlySpan<double> n, DebyeOptions options, SiteAmplitudes amplitudes, Span<double> intensity, Span<double> byOccupancy)
    {
        int index = Index(a, b);
        double[] sums = _sums[index];
        // Alternatives at one place are no pair, but what the mean occupancy scatters there is the square of their sum.
        double sameplace = options.OccupancyDiffuse ? 0 : _coincident[index];
        ReadOnlySpan<double> realA = amplitudes.Real(a), imaginaryA = amplitudes.Imaginary(a), dampingA = amplitudes.Damping(a);
        ReadOnlySpan<double> realB = amplitudes.Real(b), imaginaryB = amplitudes.Imaginary(b), dampingB = amplitudes.Damping(b);
        double twice = a == b ? 1 : 2;
        for (int i = 0; i < intensity.Length; i++)
        {
            double term = twice * (sums[i] + sameplace) * ((realA[i] * realB[i]) + (imaginaryA[i] * imaginaryB[i])) * dampingA[i] * dampingB[i];
            intensity[i] += n[a] * n[b] * term;
            if (byOccupancy.Length > 0)
            {
                byOccupancy[(a * intensity.Length) + i] += n[b] * term;
                byOccupancy[(b * intensity.Length) + i] += n[a] * term;
            }
        }
    }

    private void Check(int site, string name)
    {
        if ((uint)site >= (uint)Sites.Count)
        {
            throw new ArgumentOutOfRangeException(name, site, $"There are sites 0…{Sites.Count - 1}.");
        }
    }
}
