using ImageAnalysis.Core;

namespace ImageAnalysis.Simulation;

/// <summary>What is asked of a particle, and what it was imaged with.</summary>
public sealed record ParticleTruthOptions
{
    /// <summary>The unit cell of the crystal before any stretch.</summary>
    public required UnitCell Cell { get; init; }

    /// <summary>The planes that are looked for, one of each pair of opposite sides; default the four of {111}.</summary>
    public IReadOnlyList<(int H, int K, int L)> Planes { get; init; } = [(1, 1, 1), (-1, 1, 1), (1, -1, 1), (1, 1, -1)];

    /// <summary>The vacancies that were made in it; <c>null</c> (default) where there are none.</summary>
    public LayerVacancyOptions? Vacancies { get; init; }

    /// <summary>The normal of a twin plane in the crystal's axes: the planes of the turned half are looked for too; <c>null</c> (default) for one crystal.</summary>
    public CartesianPosition? TwinNormal { get; init; }

    /// <summary>Atomic number of the atoms that the framework consists of, the measure of amplitudes; default 34 (Se).</summary>
    public int FrameworkAtomicNumber { get; init; } = 34;

    /// <summary>Planes are in view where their normal is no further from the image plane than this, degree, 0…45; default 8.</summary>
    public double HighestElevationDeg { get; init; } = 8;

    /// <summary>Expected signal to noise from which a fringe is observable; default 12, at which noise gave no false fringe.</summary>
    public double ObservableSnr { get; init; } = 12;

    /// <summary>Expected signal to noise from which the half order is observable; default 8.</summary>
    public double HalfObservableSnr { get; init; } = 8;

    /// <summary>Width of a pixel, nm.</summary>
    public required double PixelWidthNm { get; init; }

    /// <summary>Height of a pixel, nm.</summary>
    public required double PixelHeightNm { get; init; }

    /// <summary>Accelerating voltage, kV.</summary>
    public double VoltageKv { get; init; } = 200;

    /// <summary>The lens; its defocus is that of the particle's origin.</summary>
    public required ObjectiveLens Lens { get; init; }

    /// <summary>Defocus of the film's middle, nm; <c>null</c> (default): that of the lens.</summary>
    public double? FilmDefocusNm { get; init; }

    /// <summary>Electrons on a Å² of the specimen.</summary>
    public required double DosePerAngstrom2 { get; init; }

    /// <summary>Displacement parameter of atoms whose site has none, Å², 0…10; default 1.</summary>
    public double UnknownBAngstrom2 { get; init; } = 1;

    /// <summary>The film; <c>null</c> (default) is none.</summary>
    public CarbonFilmOptions? Film { get; init; }

    /// <summary>Checks every field.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A field is outside its limits; the message names field, value and limits.</exception>
    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Cell);
        ArgumentNullException.ThrowIfNull(Planes);
        ArgumentNullException.ThrowIfNull(Lens);
        Limits.Check(nameof(Planes), Planes.Count, 1, 100);
        Limits.Check(nameof(FrameworkAtomicNumber), FrameworkAtomicNumber, 1, 98);
        Limits.Check(nameof(HighestElevationDeg), HighestElevationDeg, 0, 45);
        Limits.Check(nameof(ObservableSnr), ObservableSnr, 0.1, 1e6);
        Limits.Check(nameof(HalfObservableSnr), HalfObservableSnr, 0.1, 1e6);
        Limits.Check(nameof(PixelWidthNm), PixelWidthNm, 0.001, 10);
        Limits.Check(nameof(PixelHeightNm), PixelHeightNm, 0.001, 10);
        Limits.Check(nameof(VoltageKv), VoltageKv, 20, 1500);
        Limits.Check(nameof(DosePerAngstrom2), DosePerAngstrom2, 0.01, 1e8);
        Limits.Check(nameof(UnknownBAngstrom2), UnknownBAngstrom2, 0, 10);
        Lens.Validate();
        Film?.Validate();
        Vacancies?.Validate();
    }
}
