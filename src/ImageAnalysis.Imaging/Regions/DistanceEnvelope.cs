using System.Buffers;
using System.Runtime.CompilerServices;

namespace ImageAnalysis.Imaging;

/// <summary>The lower envelope of the parabolas (x − q)² + h(q), h the squared column distances, along one run of a row; in units of the pixel width.</summary>
internal readonly struct DistanceEnvelope
{
    private readonly int[] _places;
    private readonly double[] _heights;
    private readonly double[] _bounds;
    private readonly double _ratio2;
    private readonly bool _outsideIsZero;

    internal DistanceEnvelope(int capacity, double ratio2, bool outsideIsZero)
    {
        _places = ArrayPool<int>.Shared.Rent(capacity);
        _heights = ArrayPool<double>.Shared.Rent(capacity);
        _bounds = ArrayPool<double>.Shared.Rent(capacity + 1);
        _ratio2 = ratio2;
        _outsideIsZero = outsideIsZero;
    }

    /// <summary>Turns the column distances of a run of inside pixels into squared distances.</summary>
    internal void Solve(Span<float> row, int start, int end)
    {
        ref int places = ref _places[0];
        ref double heights = ref _heights[0];
        ref double bounds = ref _bounds[0];
        int top = -1;

        // The ends of the run, where they exist, are zeros; beyond the image only if those count.
        if (start > 0 || _outsideIsZero)
        {
            top = 0;
            places = start - 1;
            heights = 0;
            bounds = double.NegativeInfinity;
        }

        int last = end < row.Length || _outsideIsZero ? end : end - 1;
        for (int q = start; q <= last; q++)
        {
            double g = q == end ? 0 : row[q];
            if (double.IsPositiveInfinity(g))
            {
                continue;
            }

            // A parabola of the stack whose part begins where the new one is already lower has no part left.
            double h = g * g * _ratio2;
            while (top >= 0)
            {
                double from = Unsafe.Add(ref bounds, top);
                double old = from - Unsafe.Add(ref places, top);
                double own = from - q;
                if (top > 0 && (own * own) + h <= (old * old) + Unsafe.Add(ref heights, top))
                {
                    top--;
                    continue;
                }

                break;
            }

            double bound = double.NegativeInfinity;
            if (top >= 0)
            {
                // From here on the new parabola lies below that of the top of the stack.
                double p = Unsafe.Add(ref places, top);
                bound = ((h - Unsafe.Add(ref heights, top)) / (2 * (q - p))) + (0.5 * (q + p));
            }

            top++;
            Unsafe.Add(ref places, top) = q;
            Unsafe.Add(ref heights, top) = h;
            Unsafe.Add(ref bounds, top) = bound;
        }

        if (top < 0)
        {
            return; // No zero in any of these columns: the distance stays infinite.
        }

        // Parabola k is lowest from its bound to the next one's.
        int x = start;
        for (int k = 0; k <= top && x < end; k++)
        {
            double until = k == top ? end : Unsafe.Add(ref bounds, k + 1);
            double h = Unsafe.Add(ref heights, k);
            double d = x - Unsafe.Add(ref places, k);
            for (; x < end && x < until; x++)
            {
                row[x] = (float)((d * d) + h);
                d++;
            }
        }
    }

    internal void Release()
    {
        ArrayPool<int>.Shared.Return(_places);
        ArrayPool<double>.Shared.Return(_heights);
        ArrayPool<double>.Shared.Return(_bounds);
    }
}
