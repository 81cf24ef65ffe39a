using ImageAnalysis.Core;

namespace ImageAnalysis.Simulation;

/// <summary>Which waves of a crystal a drawn particle has.</summary>
public sealed record DrawnCrystalOptions
{
    /// <summary>Waves of a higher frequency are left out, nm⁻¹, 0.5…20; default 6.</summary>
    public double HighestPerNm { get; init; } = 6;

    /// <summary>Waves whose planes' normal lies further out of the image plane are left out, degree, 0…90; default 10.</summary>
    public double HighestElevationDeg { get; init; } = 10;

    /// <summary>Share by which all spacings are longer than the structure's, −0.2…0.2; default 0. Negative: compressed.</summary>
    public double StrainFraction { get; init; }

    /// <summary>The place in the cell that lies in the particle's centre; default the cell's origin.</summary>
    public FractionalPosition Centre { get; init; }

    /// <summary>Displacement parameter B of atoms whose site has none, Å², 0…10; default 1.</summary>
    public double UnknownBAngstrom2 { get; init; } = 1;

    /// <summary>The planes along whose normal layers are depleted in order; default (1 1 1).</summary>
    public (int H, int K, int L) OrderedPlane { get; init; } = (1, 1, 1);

    /// <summary>Planes in one period of the superlattice, 2…20; default 2.</summary>
    public int PeriodCount { get; init; } = 2;

    /// <summary>
    /// Amplitude of the superlattice's first order over that of the ordered planes, 0…5; default 0, no order. Layers of Cu₂Se that have lost a share δ give 0.34 δ; the higher orders follow from the
    /// scattering factor, and so do the satellites of the crystal's other reflections.
    /// </summary>
    public double SuperlatticeRatio { get; init; }

    /// <summary>Phase of the superlattice's first order in the particle's centre, degree, −360…360; default 0.</summary>
    public double SuperlatticePhaseDeg { get; init; }

    /// <summary>Atomic number of what is missing from the layers, 1…98; default 29 (Cu).</summary>
    public int DepletedAtomicNumber { get; init; } = 29;

    /// <summary>Share of the particle's width that is ordered, 0…1; default 1.</summary>
    public double DomainFraction { get; init; } = 1;

    /// <summary>Direction from the ordered to the other part, degree, −360…360; default 0.</summary>
    public double DomainDeg { get; init; }

    /// <summary>Checks every field.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A field is outside its limits; the message names field, value and limits.</exception>
    public void Validate()
    {
        Limits.Check(nameof(HighestPerNm), HighestPerNm, 0.5, 20);
        Limits.Check(nameof(HighestElevationDeg), HighestElevationDeg, 0, 90);
        Limits.Check(nameof(StrainFraction), StrainFraction, -0.2, 0.2);
        Limits.Check(nameof(UnknownBAngstrom2), UnknownBAngstrom2, 0, 10);
        if (OrderedPlane == (0, 0, 0))
        {
            throw Limits.Outside(nameof(OrderedPlane), OrderedPlane, "indices that are not all 0");
        }

        Limits.Check(nameof(PeriodCount), PeriodCount, 2, 20);
        Limits.Check(nameof(SuperlatticeRatio), SuperlatticeRatio, 0, 5);
        Limits.Check(nameof(SuperlatticePhaseDeg), SuperlatticePhaseDeg, -360, 360);
        Limits.Check(nameof(DepletedAtomicNumber), DepletedAtomicNumber, 1, 98);
        Limits.Check(nameof(DomainFraction), DomainFraction, 0, 1);
        Limits.Check(nameof(DomainDeg), DomainDeg, -360, 360);
    }
}
