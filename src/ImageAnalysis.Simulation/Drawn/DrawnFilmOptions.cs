namespace ImageAnalysis.Simulation;

/// <summary>The supporting film of a drawn image: a Gaussian random field with the power that carbon atoms scatter.</summary>
/// <remarks>
/// The phase that the film adds to the beam has the power spectral density P(g) = n (σ K f_C(g))² exp(−4π²u²g²) S(g) in rad² nm², with n atoms on a nm², K = h²/2πm₀e and
/// S = 1 − (1 − S₀) exp(−(g/g_S)²): atoms that keep apart scatter less at long waves.
/// </remarks>
public sealed record DrawnFilmOptions
{
    /// <summary>Mean thickness, nm, 0…100; default 4. 0 is no film.</summary>
    public double ThicknessNm { get; init; } = 4;

    /// <summary>Density, g/cm³, 0.1…4; default 2.0.</summary>
    public double DensityGramPerCm3 { get; init; } = 2.0;

    /// <summary>Structure factor S₀ at long waves, 0…1; default 0.33, of places at random that keep 0.14 nm apart. 1: atoms that know nothing of one another.</summary>
    public double LongWaveStructureFraction { get; init; } = 0.33;

    /// <summary>Frequency g_S by which the structure factor has covered 63 % of its way to 1, nm⁻¹, 0.1…100; default 4.</summary>
    public double StructurePerNm { get; init; } = 4;

    /// <summary>Standard deviation of the thickness as a part of its mean, 0…0.35; default 0.1. Raised: the speckle is stronger here and weaker there, and the brightness varies.</summary>
    public double TextureFraction { get; init; } = 0.1;

    /// <summary>Distance over which the finest hills and valleys of the thickness fade, nm, 0.2…100; default 1.5.</summary>
    public double TextureNm { get; init; } = 1.5;

    /// <summary>Standard deviation u of the displacement of an atom along an axis, nm, 0…0.05; default 0.008.</summary>
    public double DisplacementSigmaNm { get; init; } = 0.008;

    /// <summary>Checks every field.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A field is outside its limits; the message names field, value and limits.</exception>
    public void Validate()
    {
        Limits.Check(nameof(ThicknessNm), ThicknessNm, 0, 100);
        Limits.Check(nameof(DensityGramPerCm3), DensityGramPerCm3, 0.1, 4);
        Limits.Check(nameof(LongWaveStructureFraction), LongWaveStructureFraction, 0, 1);
        Limits.Check(nameof(StructurePerNm), StructurePerNm, 0.1, 100);
        Limits.Check(nameof(TextureFraction), TextureFraction, 0, 0.35);
        Limits.Check(nameof(TextureNm), TextureNm, 0.2, 100);
        Limits.Check(nameof(DisplacementSigmaNm), DisplacementSigmaNm, 0, 0.05);
    }

    /// <summary>Power spectral density P of the phase, rad² nm².</summary>
    internal double PhasePower(double g2, double interaction)
    {
        // 12.011 g/mol; 1 g/cm³ = 10⁻²¹ g/nm³.
        double atoms = ThicknessNm * DensityGramPerCm3 * 1e-21 / 12.011 * 6.02214076e23;
        double structure = 1 - ((1 - LongWaveStructureFraction) * Math.Exp(-g2 / (StructurePerNm * StructurePerNm)));

        // f in Å and K in V·Å² give V·nm³ · 10⁻³.
        double phase = interaction * ElectronScatteringFactor.PotentialConstant * 1e-3 * Carbon.Factor(0.01 * g2);
        return atoms * structure * phase * phase * Math.Exp(-4 * Math.PI * Math.PI * DisplacementSigmaNm * DisplacementSigmaNm * g2);
    }

    private static ElectronScatteringFactor Carbon { get; } = ElectronScatteringFactor.Of(6);
}
