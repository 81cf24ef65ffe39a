namespace ImageAnalysis.Simulation;

/// <summary>The height to which one side of a film and what lies on it reach, on a fine grid that repeats itself; each atom is a disc.</summary>
internal sealed class ContactSurface
{
    private const double CellNm = 0.1;

    /// <summary>Two atoms closer than 0.26 nm in projection share a cell.</summary>
    private const double DiscNm = 0.2;

    private readonly double width;
    private readonly double height;
    private readonly int columns;
    private readonly int rows;
    private readonly double[] tops;

    public ContactSurface(double width, double height)
    {
        (this.width, this.height) = (width, height);
        (columns, rows) = ((int)Math.Ceiling(width / CellNm), (int)Math.Ceiling(height / CellNm));
        tops = new double[columns * rows];
        Array.Fill(tops, double.NegativeInfinity);
    }

    /// <summary>Adds atoms; the height of one is its depth times the sign.</summary>
    public void Add(IReadOnlyList<SpecimenAtom> atoms, double sign)
    {
        foreach (SpecimenAtom atom in atoms)
        {
            foreach (int cell in Disc(atom))
            {
                tops[cell] = Math.Max(tops[cell], sign * atom.ZNm);
            }
        }
    }

    /// <summary>How far a body must be raised to lie a gap above everything; 0 where there is nothing.</summary>
    public double RestingHeight(IReadOnlyList<SpecimenAtom> body, double sign, double gap)
    {
        double raise = double.NegativeInfinity;
        foreach (SpecimenAtom atom in body)
        {
            foreach (int cell in Disc(atom))
            {
                raise = Math.Max(raise, tops[cell] + gap - (sign * atom.ZNm));
            }
        }

        return double.IsNegativeInfinity(raise) ? 0 : raise;
    }

    private IEnumerable<int> Disc(SpecimenAtom atom)
    {
        double x = (atom.XNm - (width * Math.Floor(atom.XNm / width))) / width * columns, y = (atom.YNm - (height * Math.Floor(atom.YNm / height))) / height * rows;
        double cellX = width / columns, cellY = height / rows;
        int reachX = (int)Math.Ceiling(DiscNm / cellX), reachY = (int)Math.Ceiling(DiscNm / cellY);
        for (int j = -reachY; j <= reachY; j++)
        {
            for (int i = -reachX; i <= reachX; i++)
            {
                int column = (int)Math.Floor(x) + i, row = (int)Math.Floor(y) + j;
                double dx = (column + 0.5 - x) * cellX, dy = (row + 0.5 - y) * cellY;
                if ((dx * dx) + (dy * dy) <= DiscNm * DiscNm)
                {
                    yield return (Wrapped(row, rows) * columns) + Wrapped(column, columns);
                }
            }
        }
    }

    private static int Wrapped(int index, int count) => ((index % count) + count) % count;
}
