using ImageAnalysis.Core;

namespace ImageAnalysis.Lattice;

/// <summary>How strongly an amorphous film scatters, against frequency.</summary>
/// <remarks>
/// f_e² S: electrons by the formula of Mott and Bethe, f_e ∝ (Z − f_x)/s², with X-ray factors f_x; S = 1 − 0.6 exp(−(g/4 nm⁻¹)²), by which atoms that keep apart scatter less at long waves. Only the
/// shape counts, and a fit bends it (<see cref="RingModel"/>).
/// </remarks>
internal sealed class FilmScattering
{
    private readonly ScatteringFactor factor;
    private readonly double atThree;

    public FilmScattering(string element)
    {
        factor = ScatteringFactors.Of(ScatteringTable.WaasmaierKirfel1995, Species.Parse(element).Neutral);
        atThree = Plain(9);
    }

    /// <summary>The logarithm of f_e² S relative to g = 3 nm⁻¹.</summary>
    public double Log(double g2) => Plain(g2) - atThree;

    /// <summary>Its derivative by g, nm.</summary>
    public double SlopeOfLog(double g2)
    {
        const double Step = 0.01;
        double g = Math.Sqrt(g2);
        return (Plain((g + Step) * (g + Step)) - Plain((g - Step) * (g - Step))) / (2 * Step);
    }

    private double Plain(double g2)
    {
        // s = g/2 in Å⁻¹; the tables lose figures below 0.01 Å⁻¹.
        double s2 = Math.Max(0.0025 * g2, 1e-4);
        double electrons = factor.Species.AtomicNumber - factor.ElectronsAt(Math.Sqrt(s2));
        return (2 * Math.Log(Math.Max(electrons, 1e-3) / s2)) + Math.Log(1 - (0.6 * Math.Exp(-g2 / 16)));
    }
}
