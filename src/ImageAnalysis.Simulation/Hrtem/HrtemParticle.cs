using ImageAnalysis.Core;

namespace ImageAnalysis.Simulation;

/// <summary>A particle of an HRTEM image, and what its crystal is.</summary>
/// <param name="Placement">Its atoms and where they lie; places count from the centre of the image's top-left pixel.</param>
/// <param name="Cell">The unit cell of its crystal, before any stretch of <paramref name="Vacancies"/>.</param>
/// <param name="Vacancies">The vacancies that were made in it; <c>null</c> where there are none.</param>
public sealed record HrtemParticle(ParticlePlacement Placement, UnitCell Cell, LayerVacancyOptions? Vacancies)
{
    /// <summary>The planes that are looked for, one of each pair of opposite sides; default the four of {111}.</summary>
    public IReadOnlyList<(int H, int K, int L)> Planes { get; init; } = [(1, 1, 1), (-1, 1, 1), (1, -1, 1), (1, 1, -1)];

    /// <summary>What it is; default <see cref="HrtemParticleKind.Ordered"/> where layers are depleted in order, else <see cref="HrtemParticleKind.Disordered"/>.</summary>
    public HrtemParticleKind Kind { get; init; } = Vacancies is { PeriodCount: > 1, DepletionFraction: > 0, OrderedFraction: > 0 } ? HrtemParticleKind.Ordered : HrtemParticleKind.Disordered;

    /// <summary>Name of its crystal; empty where nothing is known of it.</summary>
    public string CrystalName { get; init; } = string.Empty;

    /// <summary>Name of its shape, such as <c>sphere</c>; empty where nothing is known of it.</summary>
    public string ShapeName { get; init; } = string.Empty;

    /// <summary>Its zone axis, such as <c>1 -1 0</c>; empty for one in any direction.</summary>
    public string ZoneName { get; init; } = string.Empty;

    /// <summary>The normal of its twin plane in the crystal's axes; <c>null</c> (default) for a particle of one crystal.</summary>
    public CartesianPosition? TwinNormal { get; init; }

    /// <summary>Atomic number of the atoms that the framework consists of, the measure of amplitudes; default 34 (Se).</summary>
    public int FrameworkAtomicNumber { get; init; } = 34;
}
