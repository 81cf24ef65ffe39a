using System.Globalization;
using ImageAnalysis.Core;

namespace ImageAnalysis.Simulation;

/// <summary>The elastic scattering factor of a neutral free atom for fast electrons, in the first Born approximation.</summary>
/// <remarks>
/// f(g) = Σ aᵢ (2 + bᵢg²)/(1 + bᵢg²)², g = 2s = 1/d: I. Lobato and D. Van Dyck, Acta Cryst. A 70 (2014) 636, doi:10.1107/S205327331401643X, equation 16; for g up to 24 Å⁻¹ and,
/// since it has the right form at both ends, beyond. For electrons at rest: multiply by the relativistic γ for a scattering amplitude at a voltage (a phase grating does it by
/// its interaction constant). Not in it: bonds, charges of ions, absorption.
/// </remarks>
public sealed class ElectronScatteringFactor
{
    /// <summary>h²/(2π m₀ e) = 2π e a₀/(4π ε₀) in V·Å², which turns a scattering factor into the integral of a potential (constants of CODATA 2018).</summary>
    internal const double PotentialConstant = 47.877647;

    private static readonly Lazy<ElectronScatteringFactor[]> Elements = new(Read);

    private readonly double[] a;
    private readonly double[] b;

    private ElectronScatteringFactor(int atomicNumber, double[] a, double[] b) => (AtomicNumber, this.a, this.b) = (atomicNumber, a, b);

    /// <summary>Number of protons, 1 (H) to 98 (Cf).</summary>
    public int AtomicNumber { get; }

    /// <summary>The coefficients a in Å.</summary>
    internal IReadOnlyList<double> A => a;

    /// <summary>The coefficients b in Å².</summary>
    internal IReadOnlyList<double> B => b;

    /// <summary>The scattering factor of an element.</summary>
    /// <param name="atomicNumber">Number of protons, 1 (H) to 98 (Cf).</param>
    /// <returns>The coefficients, ready for use at many angles.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such element in the table.</exception>
    public static ElectronScatteringFactor Of(int atomicNumber)
    {
        Limits.Check(nameof(atomicNumber), atomicNumber, 1, Elements.Value.Length);
        return Elements.Value[atomicNumber - 1];
    }

    /// <summary>The scattering factor at one angle.</summary>
    /// <param name="sPerAngstrom">s = sin θ/λ = 1/(2d) in Å⁻¹; not negative.</param>
    /// <returns>f in Å, above 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">s is negative or NaN.</exception>
    public double FactorAngstrom(double sPerAngstrom) => sPerAngstrom >= 0
        ? Factor(4 * sPerAngstrom * sPerAngstrom)
        : throw new ArgumentOutOfRangeException(nameof(sPerAngstrom), sPerAngstrom, "sin θ/λ must not be negative.");

    /// <summary>f in Å at g² in Å⁻².</summary>
    internal double Factor(double g2)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            double denominator = 1 + (b[i] * g2);
            sum += a[i] * (1 + denominator) / (denominator * denominator);
        }

        return sum;
    }

    private static ElectronScatteringFactor[] Read()
    {
        List<ElectronScatteringFactor> elements = [];
        foreach (string row in LobatoTable.Rows.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] words = row.Split(' ');
            double[] numbers = [.. words.Skip(1).Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
            elements.Add(new(Species.Parse(words[0]).AtomicNumber, numbers[..5], numbers[5..]));
        }

        return [.. elements];
    }
}
