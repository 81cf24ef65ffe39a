using System.Numerics;
using System.Runtime.InteropServices;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Simulation;

/// <summary>
/// The projected potential of a specimen, slice by slice: atoms are laid on the grid as points, and the Fourier transform of each element's points is multiplied with its
/// scattering factor. An atom lies in one slice whole.
/// </summary>
internal sealed class PotentialProjector
{
    private readonly AtomicSpecimen specimen;
    private readonly FrequencyGrid grid;
    private readonly RealFft2D plan;
    private readonly HalfSpectrum sum;
    private readonly HalfSpectrum points;
    private readonly float[] map;
    private readonly (int AtomicNumber, double Displacement)[] kinds;
    private readonly int[] kindOfAtom;
    private readonly float[][] filters;
    private readonly (float X, float Y)[] placed;
    private readonly int[] starts;
    private readonly int[] sliceOfAtom;
    private bool? thermal;

    public PotentialProjector(AtomicSpecimen specimen, FrequencyGrid grid, int sliceCount)
    {
        (this.specimen, this.grid, SliceCount) = (specimen, grid, sliceCount);
        plan = RealFft2D.Plan(grid.WidthPx, grid.HeightPx);
        sum = new HalfSpectrum(grid.WidthPx, grid.HeightPx);
        points = new HalfSpectrum(grid.WidthPx, grid.HeightPx);
        map = new float[grid.WidthPx * grid.HeightPx];
        ReadOnlySpan<SpecimenAtom> atoms = specimen.Span;
        Dictionary<(int, double), int> numbers = [];
        kindOfAtom = new int[atoms.Length];
        for (int i = 0; i < atoms.Length; i++)
        {
            (int, double) kind = (atoms[i].AtomicNumber, atoms[i].DisplacementSigmaNm);
            if (!numbers.TryGetValue(kind, out int number))
            {
                numbers.Add(kind, number = numbers.Count);
            }

            kindOfAtom[i] = number;
        }

        kinds = [.. numbers.OrderBy(entry => entry.Value).Select(entry => entry.Key)];
        filters = new float[kinds.Length][];
        placed = new (float, float)[atoms.Length];
        starts = new int[(sliceCount * kinds.Length) + 1];
        sliceOfAtom = new int[atoms.Length];
    }

    /// <summary>Number of slices.</summary>
    public int SliceCount { get; }

    /// <summary>Puts the atoms at their mean places, with the Debye-Waller factor on their potentials.</summary>
    public void PlaceMean()
    {
        MakeFilters(withThermal: true);
        Place(null);
    }

    /// <summary>Displaces each atom at random, as it is at one moment.</summary>
    public void PlaceDisplaced(ulong seed)
    {
        MakeFilters(withThermal: false);
        Place(new RandomStream(seed, "phonons"));
    }

    /// <summary>Whether a slice holds no atom.</summary>
    public bool IsEmpty(int slice) => starts[slice * kinds.Length] == starts[(slice + 1) * kinds.Length];

    /// <summary>The projected potential of a slice in V·nm, without what lies outside the grid's circle of frequencies.</summary>
    public void Project(int slice, Span<float> potential)
    {
        sum.Re.Clear();
        sum.Im.Clear();
        for (int kind = 0; kind < kinds.Length; kind++)
        {
            int place = (slice * kinds.Length) + kind;
            ReadOnlySpan<(float X, float Y)> atoms = placed.AsSpan(starts[place], starts[place + 1] - starts[place]);
            if (atoms.IsEmpty)
            {
                continue;
            }

            Array.Clear(map);
            foreach ((float x, float y) in atoms)
            {
                Lay(x, y);
            }

            plan.Forward(map, points);
            AddFiltered(filters[kind]);
        }

        plan.Inverse(sum, potential);
    }

    private void Lay(float x, float y)
    {
        Span<float> along = stackalloc float[SplineWeights.Count];
        Span<float> down = stackalloc float[SplineWeights.Count];
        int column = (int)MathF.Floor(x), row = (int)MathF.Floor(y);
        SplineWeights.Fill(x - column, along);
        SplineWeights.Fill(y - row, down);
        int width = grid.WidthPx, height = grid.HeightPx;
        for (int j = 0; j < SplineWeights.Count; j++)
        {
            int line = Wrapped(row - 2 + j, height) * width;
            for (int i = 0; i < SplineWeights.Count; i++)
            {
                map[line + Wrapped(column - 2 + i, width)] += along[i] * down[j];
            }
        }
    }

    private static int Wrapped(int index, int count) => index < 0 ? index + count : index >= count ? index - count : index;

    private void AddFiltered(float[] filter)
    {
        int columns = sum.ColumnCount;
        for (int row = 0; row < grid.HeightPx; row++)
        {
            int count = grid.LastColumn(row) + 1;
            ReadOnlySpan<float> factors = filter.AsSpan(row * columns, count);
            AddProduct(points.Re.Slice(row * points.Stride, count), factors, sum.Re.Slice(row * sum.Stride, count));
            AddProduct(points.Im.Slice(row * points.Stride, count), factors, sum.Im.Slice(row * sum.Stride, count));
        }
    }

    private static void AddProduct(ReadOnlySpan<float> values, ReadOnlySpan<float> factors, Span<float> sums)
    {
        int whole = values.Length - (values.Length % Vector<float>.Count);
        ReadOnlySpan<Vector<float>> v = MemoryMarshal.Cast<float, Vector<float>>(values[..whole]);
        ReadOnlySpan<Vector<float>> f = MemoryMarshal.Cast<float, Vector<float>>(factors[..whole]);
        Span<Vector<float>> s = MemoryMarshal.Cast<float, Vector<float>>(sums[..whole]);
        for (int i = 0; i < s.Length; i++)
        {
            s[i] += v[i] * f[i];
        }

        for (int i = whole; i < values.Length; i++)
        {
            sums[i] += values[i] * factors[i];
        }
    }

    /// <summary>What turns points of an element into its potential: scattering factor over the area of a pixel, without the weights' own transform.</summary>
    private void MakeFilters(bool withThermal)
    {
        if (thermal == withThermal)
        {
            return;
        }

        thermal = withThermal;
        int columns = sum.ColumnCount;

        // V·Å² times Å is V·Å³: 10⁻³ V·nm³.
        double scale = ElectronScatteringFactor.PotentialConstant * 1e-3 / (grid.PixelWidthNm * grid.PixelHeightNm);
        double[] acrossX = [.. grid.X.Select(g => SplineWeights.Transfer(g * grid.PixelWidthNm))];
        double[] acrossY = [.. grid.Y.Select(g => SplineWeights.Transfer(g * grid.PixelHeightNm))];
        for (int kind = 0; kind < kinds.Length; kind++)
        {
            ElectronScatteringFactor factor = ElectronScatteringFactor.Of(kinds[kind].AtomicNumber);
            double damping = withThermal ? 2 * Math.PI * Math.PI * kinds[kind].Displacement * kinds[kind].Displacement : 0;
            float[] filter = filters[kind] ??= new float[columns * grid.HeightPx];
            for (int row = 0; row < grid.HeightPx; row++)
            {
                int last = grid.LastColumn(row);
                for (int column = 0; column <= last; column++)
                {
                    double g2 = (grid.X[column] * grid.X[column]) + (grid.Y[row] * grid.Y[row]);
                    double value = scale * factor.Factor(0.01 * g2) / (acrossX[column] * acrossY[row]);
                    filter[(row * columns) + column] = (float)(damping == 0 ? value : value * Math.Exp(-damping * g2));
                }
            }
        }
    }

    /// <summary>Sorts the atoms by slice and kind.</summary>
    private void Place(RandomStream? random)
    {
        ReadOnlySpan<SpecimenAtom> atoms = specimen.Span;
        var found = new (float X, float Y)[atoms.Length];
        double perNm = specimen.BottomNm > specimen.TopNm ? SliceCount / (specimen.BottomNm - specimen.TopNm) : 0;
        Array.Clear(starts);
        for (int i = 0; i < atoms.Length; i++)
        {
            (double x, double y, double z) = (atoms[i].XNm, atoms[i].YNm, atoms[i].ZNm);
            if (random is not null && atoms[i].DisplacementSigmaNm > 0)
            {
                x += atoms[i].DisplacementSigmaNm * random.NextGaussian();
                y += atoms[i].DisplacementSigmaNm * random.NextGaussian();
                z += atoms[i].DisplacementSigmaNm * random.NextGaussian();
            }

            found[i] = (InGrid(x / grid.PixelWidthNm, grid.WidthPx), InGrid(y / grid.PixelHeightNm, grid.HeightPx));
            sliceOfAtom[i] = (int)Math.Clamp(Math.Floor((z - specimen.TopNm) * perNm), 0, SliceCount - 1);
            starts[(sliceOfAtom[i] * kinds.Length) + kindOfAtom[i] + 1]++;
        }

        for (int i = 1; i < starts.Length; i++)
        {
            starts[i] += starts[i - 1];
        }

        int[] next = [.. starts];
        for (int i = 0; i < atoms.Length; i++)
        {
            placed[next[(sliceOfAtom[i] * kinds.Length) + kindOfAtom[i]]++] = found[i];
        }
    }

    // Into [0, count); a float just below count may round up to it.
    private static float InGrid(double place, int count)
    {
        float wrapped = (float)(place - (count * Math.Floor(place / count)));
        return wrapped >= count ? 0 : wrapped;
    }
}
