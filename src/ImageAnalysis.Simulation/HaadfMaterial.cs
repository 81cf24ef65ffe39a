namespace ImageAnalysis.Simulation;

/// <summary>Atoms of one element in a cell.</summary>
/// <param name="AtomicNumber">Atomic number Z, 1…118.</param>
/// <param name="PerCellRatio">Number of such atoms per cell; above 0, need not be whole.</param>
public sealed record CellAtoms(int AtomicNumber, double PerCellRatio);

/// <summary>What a body or film consists of, as far as its scattering to high angles goes: the atoms of a cubic cell.</summary>
public sealed record HaadfMaterial
{
    /// <summary>Cu₂Se: 8 Cu and 4 Se in a cubic cell of 5.85 Å.</summary>
    public static HaadfMaterial CopperSelenide { get; } = new()
    {
        Name = "Cu2Se",
        Atoms = [new CellAtoms(29, 8), new CellAtoms(34, 4)],
        CellEdgeAngstrom = 5.85,
    };

    /// <summary>Amorphous carbon of 2.0 g/cm³, which is 100 atoms/nm³: 8 atoms in a cube of 4.31 Å.</summary>
    public static HaadfMaterial AmorphousCarbon { get; } = new()
    {
        Name = "a-C",
        Atoms = [new CellAtoms(6, 8)],
        CellEdgeAngstrom = 4.31,
    };

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The atoms in a cell.</summary>
    public required IReadOnlyList<CellAtoms> Atoms { get; init; }

    /// <summary>Edge of the cubic cell (or of a cube of the cell's volume), Å; 1…100.</summary>
    public required double CellEdgeAngstrom { get; init; }

    /// <summary>Checks every field.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A field is outside its limits; the message names field, value and limits.</exception>
    public void Validate()
    {
        Limits.Check(nameof(CellEdgeAngstrom), CellEdgeAngstrom, 1, 100);
        Limits.Check(nameof(Atoms) + ".Count", Atoms.Count, 1, 20);
        foreach (CellAtoms atoms in Atoms)
        {
            Limits.Check(nameof(Atoms) + "." + nameof(CellAtoms.AtomicNumber), atoms.AtomicNumber, 1, 118);
            Limits.Check(nameof(Atoms) + "." + nameof(CellAtoms.PerCellRatio), atoms.PerCellRatio, 0.001, 1000);
        }
    }

    /// <summary>Sum of Z^exponent over the atoms of a nm³.</summary>
    internal double ScatteringPower(double exponent)
    {
        double edgeNm = CellEdgeAngstrom / Core.Units.AngstromPerNmRatio;
        double sum = 0.0;
        foreach (CellAtoms atoms in Atoms)
        {
            sum += atoms.PerCellRatio * PortableMath.Pow(atoms.AtomicNumber, exponent);
        }

        return sum / (edgeNm * edgeNm * edgeNm);
    }

    /// <summary>Number of atoms in a nm³.</summary>
    internal double NumberDensity()
    {
        double edgeNm = CellEdgeAngstrom / Core.Units.AngstromPerNmRatio;
        return Atoms.Sum(a => a.PerCellRatio) / (edgeNm * edgeNm * edgeNm);
    }
}
