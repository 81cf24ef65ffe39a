namespace ImageAnalysis.Core;

/// <summary>The X-ray scattering factor f0 of one atom or ion, away from its absorption edges, as a sum of Gaussians.</summary>
/// <remarks>f0(s) = Σ aᵢ exp(−bᵢ s²) + c with s = sin θ/λ = 1/(2d): International Tables for Crystallography C, equation 6.1.1.15.</remarks>
public sealed class ScatteringFactor
{
    private readonly double[] a;
    private readonly double[] b;
    private readonly double c;

    internal ScatteringFactor(ScatteringTable table, Species species, double[] a, double[] b, double c) =>
        (Table, Species, this.a, this.b, this.c) = (table, species, a, b, c);

    /// <summary>The table that the coefficients are from.</summary>
    public ScatteringTable Table { get; }

    /// <summary>The atom or ion.</summary>
    public Species Species { get; }

    /// <summary>The scattering factor at one angle.</summary>
    /// <param name="sPerAngstrom">s = sin θ/λ = 1/(2d) in Å⁻¹; 0 to 6 (Waasmaier and Kirfel) or 0 to 2 (Cromer and Mann); outside it is an extrapolation.</param>
    /// <returns>f0 in electrons; at s = 0 the number of electrons of the atom or ion within some thousandths.</returns>
    public double ElectronsAt(double sPerAngstrom)
    {
        double s2 = sPerAngstrom * sPerAngstrom;
        double sum = c;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * Math.Exp(-b[i] * s2);
        }

        return sum;
    }

    /// <summary>The derivative of f0 by s², at s²: −Σ aᵢ bᵢ exp(−bᵢ s²), in electrons Å².</summary>
    internal double SlopeAt(double s2)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum -= a[i] * b[i] * Math.Exp(-b[i] * s2);
        }

        return sum;
    }
}
