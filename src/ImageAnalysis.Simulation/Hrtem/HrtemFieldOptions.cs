using ImageAnalysis.Core;

namespace ImageAnalysis.Simulation;

/// <summary>Which particles lie in an HRTEM image.</summary>
public sealed record HrtemFieldOptions
{
    /// <summary>The crystal of which all sites are filled: copper selenide as antifluorite, for instance. Vacancies are made in it.</summary>
    public required CrystalStructure Crystal { get; init; }

    /// <summary>Number of particles, 0…200; default 6.</summary>
    public int ParticleCount { get; init; } = 6;

    /// <summary>How many of them are ordered, 0…<see cref="ParticleCount"/>; default 3. The others have as many vacancies at random.</summary>
    public int OrderedCount { get; init; } = 3;

    /// <summary>Mean diameter of the sphere of equal volume, nm, 0.8…15; default 4.</summary>
    public double DiameterMeanNm { get; init; } = 4;

    /// <summary>Standard deviation of the diameter, nm, 0…3 and at most 0.3 of the mean, cut at ±2.5 of it; default 0.45.</summary>
    public double DiameterSigmaNm { get; init; } = 0.45;

    /// <summary>Share of particles that are truncated octahedra, the others being spheres, 0…1; default 0.5.</summary>
    public double FacettedFraction { get; init; } = 0.5;

    /// <summary>Zone axes that are drawn from, each as likely as the others; default ⟨110⟩ (two thirds) and ⟨112⟩, which show {111}. In a cubic crystal any member of a family is as good.</summary>
    public IReadOnlyList<(int U, int V, int W)> Zones { get; init; } = [(1, -1, 0), (1, -1, 0), (1, 1, -2)];

    /// <summary>Share of particles with a zone axis in any direction, 0…1; default 0.1. Most of these show no {111}. Ordered ones have one of the list, and where kinds are given (<see cref="HrtemPopulation"/>) all have.</summary>
    public double RandomZoneFraction { get; init; } = 0.1;

    /// <summary>Largest tilt from the zone axis, degree, 0…20; default 3; the tilt is drawn evenly.</summary>
    public double LargestTiltDeg { get; init; } = 3;

    /// <summary>Least share of a depleted layer's atoms that leave, 0…1; default 0.5.</summary>
    public double LeastDepletionFraction { get; init; } = 0.5;

    /// <summary>Largest share of a depleted layer's atoms that leave, 0…1; default 1.</summary>
    public double LargestDepletionFraction { get; init; } = 1;

    /// <summary>Largest stretch of an ordered particle along its layers' normal, 0…0.1; default 0.02; drawn evenly from half of it.</summary>
    public double LargestElongationFraction { get; init; } = 0.02;

    /// <summary>Share of particles that are laid against or over an earlier one, 0…1; default 0.15; the others keep <see cref="FreeGapNm"/>.</summary>
    public double TouchingFraction { get; init; } = 0.15;

    /// <summary>Distance that particles keep which do not touch, nm, 0…10; default 0.8.</summary>
    public double FreeGapNm { get; init; } = 0.8;

    /// <summary>
    /// What is common to the vacancies of all particles: elements, period, where displaced atoms go. Normal, distance of layers, depletion and stretch are replaced for each particle.
    /// </summary>
    public LayerVacancyOptions Vacancies { get; init; } = new();

    /// <summary>The planes of the family that is looked for and that the depleted layers lie along, one of each pair of opposite sides; default the four of {111}.</summary>
    public IReadOnlyList<(int H, int K, int L)> Planes { get; init; } = [(1, 1, 1), (-1, 1, 1), (1, -1, 1), (1, 1, -1)];

    /// <summary>Number of layers of the atoms that leave in a spacing of these planes, 1…12; default 2, as Cu of antifluorite Cu₂Se has.</summary>
    public int LayersPerSpacingCount { get; init; } = 2;

    /// <summary>Share of the ordered particles of which one side only is ordered, a share of 0.4 to 0.6 of it, 0…1; default 0.</summary>
    public double HalfOrderedFraction { get; init; }

    /// <summary>Mean change of all cell edges, −0.2…0.2; default 0. Negative: compressed, as small particles are.</summary>
    public double StrainMeanFraction { get; init; }

    /// <summary>Standard deviation of that change from particle to particle, 0…0.05, cut at ±2.5 of it; default 0.</summary>
    public double StrainSigmaFraction { get; init; }

    /// <summary>
    /// What statistical particles are cut from: the same framework with partly filled sites; default <c>null</c>. Strain holds for them too, zones and planes are those of its own.
    /// </summary>
    public HrtemCrystal? Statistical { get; init; }

    /// <summary>Other crystals; default none. No strain is put on them.</summary>
    public IReadOnlyList<HrtemCrystal> Others { get; init; } = [];

    /// <summary>Checks every field.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A field is outside its limits; the message names field, value and limits.</exception>
    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Crystal);
        ArgumentNullException.ThrowIfNull(Zones);
        ArgumentNullException.ThrowIfNull(Vacancies);
        Limits.Check(nameof(ParticleCount), ParticleCount, 0, 200);
        Limits.Check(nameof(OrderedCount), OrderedCount, 0, ParticleCount);
        Limits.Check(nameof(DiameterMeanNm), DiameterMeanNm, 0.8, 15);
        Limits.Check(nameof(DiameterSigmaNm), DiameterSigmaNm, 0, Math.Min(3, 0.3 * DiameterMeanNm));
        Limits.Check(nameof(FacettedFraction), FacettedFraction, 0, 1);
        Limits.Check(nameof(Zones), Zones.Count, 1, 100);
        Limits.Check(nameof(RandomZoneFraction), RandomZoneFraction, 0, 1);
        Limits.Check(nameof(LargestTiltDeg), LargestTiltDeg, 0, 20);
        Limits.Check(nameof(LeastDepletionFraction), LeastDepletionFraction, 0, 1);
        Limits.Check(nameof(LargestDepletionFraction), LargestDepletionFraction, LeastDepletionFraction, 1);
        Limits.Check(nameof(LargestElongationFraction), LargestElongationFraction, 0, 0.1);
        Limits.Check(nameof(TouchingFraction), TouchingFraction, 0, 1);
        Limits.Check(nameof(FreeGapNm), FreeGapNm, 0, 10);
        ArgumentNullException.ThrowIfNull(Planes);
        ArgumentNullException.ThrowIfNull(Others);
        Limits.Check(nameof(Planes), Planes.Count, 1, 100);
        Limits.Check(nameof(LayersPerSpacingCount), LayersPerSpacingCount, 1, 12);
        Limits.Check(nameof(HalfOrderedFraction), HalfOrderedFraction, 0, 1);
        Limits.Check(nameof(StrainMeanFraction), StrainMeanFraction, -0.2, 0.2);
        Limits.Check(nameof(StrainSigmaFraction), StrainSigmaFraction, 0, 0.05);
        Vacancies.Validate();
        Statistical?.Validate();
        foreach (HrtemCrystal other in Others)
        {
            other.Validate();
        }
    }
}
