namespace ImageAnalysis.Core;

/// <summary>Coordinates of atoms in Å, each axis in an array of its own, followed by at least four places far away so that vectors may read beyond the end.</summary>
internal sealed class AtomCoordinates
{
    private const int Padding = 4;
    private const double FarAway = 1e9;

    private double[] _x;
    private double[] _y;
    private double[] _z;

    /// <summary>Makes an empty list.</summary>
    /// <param name="capacity">Number of atoms to be expected.</param>
    public AtomCoordinates(int capacity) => (_x, _y, _z) = (Empty(capacity + Padding), Empty(capacity + Padding), Empty(capacity + Padding));

    public int Count { get; private set; }

    public double[] X => _x;

    public double[] Y => _y;

    public double[] Z => _z;

    public CartesianPosition this[int atom] => new(_x[atom], _y[atom], _z[atom]);

    public void Add(double x, double y, double z)
    {
        if (Count + Padding == _x.Length)
        {
            (_x, _y, _z) = (Longer(_x), Longer(_y), Longer(_z));
        }

        (_x[Count], _y[Count], _z[Count]) = (x, y, z);
        Count++;
    }

    public void Clear()
    {
        _x.AsSpan(0, Count).Fill(FarAway);
        _y.AsSpan(0, Count).Fill(FarAway);
        _z.AsSpan(0, Count).Fill(FarAway);
        Count = 0;
    }

    private static double[] Empty(int length)
    {
        double[] places = new double[length];
        Array.Fill(places, FarAway);
        return places;
    }

    private static double[] Longer(double[] places)
    {
        double[] longer = Empty(2 * places.Length);
        places.CopyTo(longer, 0);
        return longer;
    }
}
