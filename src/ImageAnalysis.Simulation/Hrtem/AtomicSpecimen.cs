using System.Globalization;

namespace ImageAnalysis.Simulation;

/// <summary>
/// What the beam goes through: atoms over a rectangle that repeats itself in x and y, as the Fourier method asks; an atom beyond one side comes in at the other. Immutable.
/// </summary>
public sealed class AtomicSpecimen
{
    /// <summary>Largest number of atoms, 20 million.</summary>
    public const int MostAtomsCount = 20_000_000;

    private const double DeepestNm = 1000;

    private readonly SpecimenAtom[] atoms;

    /// <summary>Makes a specimen.</summary>
    /// <param name="widthNm">Width of the rectangle, nm, 0.1…1000.</param>
    /// <param name="heightNm">Height of the rectangle, nm, 0.1…1000.</param>
    /// <param name="atoms">The atoms, in any order; none is vacuum.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rectangle or the field of an atom is outside its limits.</exception>
    /// <exception cref="ArgumentException">There are too many atoms, or their depths differ by more than 1000 nm.</exception>
    public AtomicSpecimen(double widthNm, double heightNm, IEnumerable<SpecimenAtom> atoms)
    {
        ArgumentNullException.ThrowIfNull(atoms);
        Limits.Check(nameof(widthNm), widthNm, 0.1, 1000);
        Limits.Check(nameof(heightNm), heightNm, 0.1, 1000);
        this.atoms = [.. atoms];
        if (this.atoms.Length > MostAtomsCount)
        {
            throw new ArgumentException($"The specimen has {this.atoms.Length} atoms; allowed: up to {MostAtomsCount}.", nameof(atoms));
        }

        (WidthNm, HeightNm) = (widthNm, heightNm);
        double top = double.PositiveInfinity, bottom = double.NegativeInfinity;
        foreach (SpecimenAtom atom in this.atoms)
        {
            Limits.Check(nameof(SpecimenAtom.AtomicNumber), atom.AtomicNumber, 1, 98);
            Limits.Check(nameof(SpecimenAtom.XNm), atom.XNm, -10_000, 10_000);
            Limits.Check(nameof(SpecimenAtom.YNm), atom.YNm, -10_000, 10_000);
            Limits.Check(nameof(SpecimenAtom.ZNm), atom.ZNm, -10_000, 10_000);
            Limits.Check(nameof(SpecimenAtom.DisplacementSigmaNm), atom.DisplacementSigmaNm, 0, 0.1);
            (top, bottom) = (Math.Min(top, atom.ZNm), Math.Max(bottom, atom.ZNm));
        }

        (TopNm, BottomNm) = this.atoms.Length == 0 ? (0, 0) : (top, bottom);
        if (BottomNm - TopNm > DeepestNm)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The atoms lie in depths of {TopNm} to {BottomNm} nm; allowed: {DeepestNm} nm in all."), nameof(atoms));
        }

        Atoms = Array.AsReadOnly(this.atoms);
    }

    /// <summary>Width of the rectangle, nm.</summary>
    public double WidthNm { get; }

    /// <summary>Height of the rectangle, nm.</summary>
    public double HeightNm { get; }

    /// <summary>The atoms.</summary>
    public IReadOnlyList<SpecimenAtom> Atoms { get; }

    /// <summary>Depth of the first atom, nm; 0 in vacuum.</summary>
    public double TopNm { get; }

    /// <summary>Depth of the last atom, nm; 0 in vacuum.</summary>
    public double BottomNm { get; }

    /// <summary>The atoms, without the cost of an interface.</summary>
    internal ReadOnlySpan<SpecimenAtom> Span => atoms;
}
