using ImageAnalysis.Core;

namespace ImageAnalysis.Simulation;

/// <summary>Where atoms go that leave their layers.</summary>
public enum DisplacedAtoms
{
    /// <summary>Out of the particle.</summary>
    Gone,

    /// <summary>Through a face of their polyhedron of neighbours, a short way beyond it.</summary>
    BeyondFace,
}

/// <summary>Vacancies in layers of a crystal: which layers, how many vacancies, and what becomes of the atoms.</summary>
/// <remarks>
/// The defaults are those of copper selenide: layers of Cu on 8c along ⟨111⟩ at a distance of a/(2√3), one in four depleted, which doubles the period of {111} (docs/methods/hrtem-simulation.md).
/// Disorder with the same number of vacancies: <see cref="PeriodCount"/> 1 and a quarter of the depletion.
/// </remarks>
public sealed record LayerVacancyOptions
{
    /// <summary>Atomic number of the atoms that leave; default 29 (Cu).</summary>
    public int AtomicNumber { get; init; } = 29;

    /// <summary>Atomic number of the neighbours that hold them; default 34 (Se).</summary>
    public int NeighbourAtomicNumber { get; init; } = 34;

    /// <summary>The normal of the layers, of any length above 0; default [111] of a cubic crystal.</summary>
    public CartesianPosition Normal { get; init; } = new(1, 1, 1);

    /// <summary>Distance of layers, Å, 0.5…20; default 5.85/(2√3).</summary>
    public double LayerSpacingAngstrom { get; init; } = 1.6887495;

    /// <summary>One layer in so many is depleted, 1…12; default 4. 1: all of them, that is disorder.</summary>
    public int PeriodCount { get; init; } = 4;

    /// <summary>Which of them, 0…11; default 0: the first layer at or above the particle's origin along the normal; 1 the next one up.</summary>
    public int FirstLayer { get; init; }

    /// <summary>Share of the atoms of a depleted layer that leave, 0…1; default 0.8.</summary>
    public double DepletionFraction { get; init; } = 0.8;

    /// <summary>
    /// Share of the particle that is ordered, 0…1; default 1. Less: on one side of a plane through the normal the layers are as asked for, on the other all layers lose atoms, as many in all.
    /// </summary>
    public double OrderedFraction { get; init; } = 1;

    /// <summary>Stretch along the normal, −0.1…0.1; default 0. 0.01 to 0.025 is seen in ordered copper selenide.</summary>
    public double ElongationFraction { get; init; }

    /// <summary>Where the atoms go; default <see cref="DisplacedAtoms.Gone"/>.</summary>
    public DisplacedAtoms Displaced { get; init; } = DisplacedAtoms.Gone;

    /// <summary>
    /// How far from its site a displaced atom lies, Å, 0.1…5, along the line from a neighbour through the site; default 0.912, the trigonal site 32f (x = 0.34) of copper
    /// selenide; 2.533 is the octahedral site 4b.
    /// </summary>
    public double DisplacementAngstrom { get; init; } = 0.9119;

    /// <summary>No displaced atom comes closer to another atom than this, Å, 1…5; default 2.0. Atoms that find no such place are gone.</summary>
    public double ShortestDistanceAngstrom { get; init; } = 2.0;

    /// <summary>Checks every field.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A field is outside its limits; the message names field, value and limits.</exception>
    public void Validate()
    {
        Limits.Check(nameof(AtomicNumber), AtomicNumber, 1, 98);
        Limits.Check(nameof(NeighbourAtomicNumber), NeighbourAtomicNumber, 1, 98);
        Limits.Check(nameof(Normal), Normal.LengthAngstrom, 1e-6, 1e6);
        Limits.Check(nameof(LayerSpacingAngstrom), LayerSpacingAngstrom, 0.5, 20);
        Limits.Check(nameof(PeriodCount), PeriodCount, 1, 12);
        Limits.Check(nameof(FirstLayer), FirstLayer, 0, 11);
        Limits.Check(nameof(DepletionFraction), DepletionFraction, 0, 1);
        Limits.Check(nameof(OrderedFraction), OrderedFraction, 0, 1);
        Limits.Check(nameof(ElongationFraction), ElongationFraction, -0.1, 0.1);
        Limits.Check(nameof(DisplacementAngstrom), DisplacementAngstrom, 0.1, 5);
        Limits.Check(nameof(ShortestDistanceAngstrom), ShortestDistanceAngstrom, 1, 5);
        if (!Enum.IsDefined(Displaced))
        {
            throw Limits.Outside(nameof(Displaced), Displaced, string.Join(", ", Enum.GetNames<DisplacedAtoms>()));
        }
    }
}
