namespace ImageAnalysis.Simulation;

/// <summary>A film of amorphous carbon.</summary>
public sealed record CarbonFilmOptions
{
    /// <summary>Mean thickness, nm, 0…100; default 5. 0 is no film.</summary>
    public double ThicknessNm { get; init; } = 5;

    /// <summary>Density, g/cm³, 0.1…2.4; default 2.0, of evaporated carbon. Raised: more atoms; above 2.4 random places at the shortest distance run out.</summary>
    public double DensityGramPerCm3 { get; init; } = 2.0;

    /// <summary>
    /// Two atoms are never closer than this, nm, 0…0.17; default 0.15, about the mean bond of evaporated carbon (0.142 in graphite, 0.154 in diamond). Raised: the film is more even, with less power at all
    /// frequencies below 4/nm; lowered: the other way round, since random places without bonds crowd and leave holes.
    /// </summary>
    public double ShortestDistanceNm { get; init; } = 0.15;

    /// <summary>
    /// Standard deviation of the thickness as a part of its mean, 0…0.3; default 0.08: hills and valleys of all sizes from <see cref="TextureNm"/> to four times that. Raised:
    /// stronger mottling at spatial frequencies below 1/nm.
    /// </summary>
    public double TextureFraction { get; init; } = 0.08;

    /// <summary>Distance over which the finest hills and valleys fade (the standard deviation of their autocorrelation), nm, 0.2…100; default 1.</summary>
    public double TextureNm { get; init; } = 1;

    /// <summary>Standard deviation of the thermal displacement of an atom along an axis, nm, 0…0.05; default 0.008.</summary>
    public double DisplacementSigmaNm { get; init; } = 0.008;

    /// <summary>Checks every field.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A field is outside its limits; the message names field, value and limits.</exception>
    public void Validate()
    {
        Limits.Check(nameof(ThicknessNm), ThicknessNm, 0, 100);
        Limits.Check(nameof(DensityGramPerCm3), DensityGramPerCm3, 0.1, 2.4);
        Limits.Check(nameof(ShortestDistanceNm), ShortestDistanceNm, 0, 0.17);
        Limits.Check(nameof(TextureFraction), TextureFraction, 0, 0.3);
        Limits.Check(nameof(TextureNm), TextureNm, 0.2, 100);
        Limits.Check(nameof(DisplacementSigmaNm), DisplacementSigmaNm, 0, 0.05);
    }
}
