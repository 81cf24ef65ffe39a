namespace ImageAnalysis.Core;

/// <summary>A site of the asymmetric unit of a crystal: one kind of atom at one position and, by symmetry, at its equivalents.</summary>
/// <remarks>Several sites may share a position, each with its own occupancy: a mixed site.</remarks>
public sealed record CrystalSite
{
    private readonly string label = string.Empty;
    private readonly FractionalPosition position;
    private readonly double occupancy = 1;
    private readonly double? bIso;

    /// <summary>Makes a site.</summary>
    /// <param name="label">Name of the site, unique within its structure, such as <c>Cu1</c>; not empty.</param>
    /// <param name="species">The atom or ion on it.</param>
    /// <param name="position">The position as fractions of the cell edges; finite.</param>
    /// <exception cref="ArgumentException">The label is empty or the position is not finite.</exception>
    public CrystalSite(string label, Species species, FractionalPosition position)
    {
        Label = label;
        Species = species;
        Position = position;
    }

    /// <summary>Makes a site with an occupancy.</summary>
    /// <param name="label">Name of the site, unique within its structure, such as <c>Cu1</c>; not empty.</param>
    /// <param name="ion">The atom or ion on it, such as <c>Cu</c>, <c>Cu1+</c> or <c>Se</c>.</param>
    /// <param name="xFraction">Position along a; finite.</param>
    /// <param name="yFraction">Position along b; finite.</param>
    /// <param name="zFraction">Position along c; finite.</param>
    /// <param name="occupancyFraction">How much of the site is filled, 0 to 1.</param>
    /// <exception cref="ArgumentException">The label is empty, or a number is not finite or outside its range.</exception>
    /// <exception cref="FormatException">The ion is none.</exception>
    public CrystalSite(string label, string ion, double xFraction, double yFraction, double zFraction, double occupancyFraction = 1)
        : this(label, Species.Parse(ion), new FractionalPosition(xFraction, yFraction, zFraction)) => OccupancyFraction = occupancyFraction;

    /// <summary>Name of the site, unique within its structure.</summary>
    public string Label
    {
        get => label;
        init => label = string.IsNullOrWhiteSpace(value) ? throw new ArgumentException("A site needs a label.", nameof(Label)) : value;
    }

    /// <summary>The atom or ion on the site.</summary>
    public Species Species { get; init; }

    /// <summary>The atom or ion as text, such as <c>Cu1+</c>.</summary>
    public string Ion => Species.ToString();

    /// <summary>The position as fractions of the cell edges.</summary>
    public FractionalPosition Position
    {
        get => position;
        init => position = double.IsFinite(value.XFraction) && double.IsFinite(value.YFraction) && double.IsFinite(value.ZFraction)
            ? value
            : throw new ArgumentException($"The position of a site must be finite, not {value}.", nameof(Position));
    }

    /// <summary>How much of the site is filled: 0 (empty) to 1 (full, the default).</summary>
    public double OccupancyFraction
    {
        get => occupancy;
        init => occupancy = value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(OccupancyFraction), value, "An occupancy must be from 0 to 1.");
    }

    /// <summary>Isotropic displacement parameter B = 8π²⟨u²⟩ in Å²; <c>null</c> where it is not known. −10 to 100.</summary>
    public double? BIsoAngstrom2
    {
        get => bIso;
        init => bIso = value is null or (>= -10 and <= 100)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(BIsoAngstrom2), value, "B must be from -10 to 100 Å².");
    }

    /// <summary>Multiplicity and Wyckoff letter, such as <c>8c</c>, or another name under which atoms are counted; <c>null</c> where there is none.</summary>
    public string? Group { get; init; }
}
