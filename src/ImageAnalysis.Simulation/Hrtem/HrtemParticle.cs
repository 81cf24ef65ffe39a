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

    /// <summary>Atomic number of the atoms that the framework consists of, the measure of amplitudes; default 34 (Se).</summary>
    public int FrameworkAtomicNumber { get; init; } = 34;
}
