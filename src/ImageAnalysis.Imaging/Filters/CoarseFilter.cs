using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ImageAnalysis.Imaging;

/// <summary>
/// Wide Gaussians by way of a coarser grid. A Gaussian is three narrower ones in a row, σ² = σ₁² + σ₂² + σ₃²: the first is computed only at every h-th pixel,
/// the second on that coarse grid, and the third interpolates back. Between grid points a step apart, a Gaussian of σ₁ = 0.8 h leaves 3 · 10⁻⁶ of what could be mistaken
/// (e^(−2π²·0.8²)), so the result is the Gaussian itself to about that, and the work per pixel does not grow with σ.
/// </summary>
internal static class CoarseFilter
{
    private const int Lanes = 8;

    /// <summary>From this σ on, the coarse grid is both exact enough and faster.</summary>
    internal const double SmallestSigma = 8;

    private const double OuterSigmaPerStep = 0.8;
    private const double OuterReach = 4.5; // in σ: 7 · 10⁻⁶ of the Gaussian's area lie beyond

    /// <summary>Smooths, mirrored at the edges.</summary>
    internal static void Smooth(ReadOnlySpan<float> source, int width, int height, double sigmaX, double sigmaY, Span<float> result)
    {
        Axis x = new(width, sigmaX, 4.5);
        Axis y = new(height, sigmaY, 4.5);
        Apply(source, x, y, [new(x.Inner(), y.Inner())], result);
    }

    /// <summary>Scale-normalised Laplacian, mirrored at the edges.</summary>
    internal static void Laplacian(ReadOnlySpan<float> source, int width, int height, double sigmaX, double sigmaY, Span<float> result)
    {
        Axis x = new(width, sigmaX, 5.5);
        Axis y = new(height, sigmaY, 5.5);
        Apply(source, x, y, [new(x.InnerSecondDerivative(), y.Inner()), new(x.Inner(), y.InnerSecondDerivative())], result);
    }

    private static void Apply(ReadOnlySpan<float> source, Axis x, Axis y, ReadOnlySpan<SeparableTerm> terms, Span<float> result)
    {
        float[] tall = ArrayPool<float>.Shared.Rent(x.Size * y.OuterCount);
        ReduceColumns(source, x.Size, y, tall);
        float[] coarse = ArrayPool<float>.Shared.Rent(x.OuterCount * y.OuterCount);
        ReduceRows(tall, x, y.OuterCount, coarse);
        float[] smooth = ArrayPool<float>.Shared.Rent(x.InnerCount * y.InnerCount);
        SeparableFilter.ApplyInside(coarse.AsSpan(0, x.OuterCount * y.OuterCount), x.OuterCount, y.OuterCount, terms, smooth.AsSpan(0, x.InnerCount * y.InnerCount));
        Expand(smooth, x, y, result);
        ArrayPool<float>.Shared.Return(smooth);
        ArrayPool<float>.Shared.Return(coarse);
        ArrayPool<float>.Shared.Return(tall);
    }

    // Row i of the result is the first Gaussian at y = (FirstOuter + i)·step, over whole rows.
    private static void ReduceColumns(ReadOnlySpan<float> source, int width, Axis y, Span<float> result)
    {
        float[] kernel = y.Reducing();
        int radius = kernel.Length / 2;
        int[] starts = ArrayPool<int>.Shared.Rent(kernel.Length);
        ref float from = ref MemoryMarshal.GetReference(source);
        ref float k = ref kernel[0];
        ref int start = ref starts[0];
        for (int i = 0; i < y.OuterCount; i++)
        {
            int centre = (y.FirstOuter + i) * y.Step;
            for (int j = 0; j < kernel.Length; j++)
            {
                starts[j] = SeparableFilter.Mirror(centre - radius + j, y.Size) * width;
            }

            Span<float> row = result.Slice(i * width, width);
            ref float to = ref MemoryMarshal.GetReference(row);
            int x = 0;
            for (; x <= width - (4 * Lanes); x += 4 * Lanes)
            {
                Vector256<float> a = default, b = default, c = default, d = default;
                for (int j = 0; j < kernel.Length; j++)
                {
                    Vector256<float> w = Vector256.Create(Unsafe.Add(ref k, j));
                    ref float v = ref Unsafe.Add(ref from, Unsafe.Add(ref start, j) + x);
                    a = Vector256.FusedMultiplyAdd(w, Vector256.LoadUnsafe(ref v), a);
                    b = Vector256.FusedMultiplyAdd(w, Vector256.LoadUnsafe(ref v, Lanes), b);
                    c = Vector256.FusedMultiplyAdd(w, Vector256.LoadUnsafe(ref v, 2 * Lanes), c);
                    d = Vector256.FusedMultiplyAdd(w, Vector256.LoadUnsafe(ref v, 3 * Lanes), d);
                }

                ref float o = ref Unsafe.Add(ref to, x);
                a.StoreUnsafe(ref o);
                b.StoreUnsafe(ref o, Lanes);
                c.StoreUnsafe(ref o, 2 * Lanes);
                d.StoreUnsafe(ref o, 3 * Lanes);
            }

            for (; x < width; x++)
            {
                float sum = 0;
                for (int j = 0; j < kernel.Length; j++)
                {
                    sum = MathF.FusedMultiplyAdd(kernel[j], source[starts[j] + x], sum);
                }

                row[x] = sum;
            }
        }

        ArrayPool<int>.Shared.Return(starts);
    }

    // Value i of each row of the result is the first Gaussian at x = (FirstOuter + i)·step.
    private static void ReduceRows(ReadOnlySpan<float> source, Axis x, int rows, Span<float> result)
    {
        float[] kernel = x.Reducing();
        int radius = kernel.Length / 2;

        // Zeros fill the kernel up to whole vectors.
        int taps = (kernel.Length + Lanes - 1) / Lanes * Lanes;
        Array.Resize(ref kernel, taps);
        ref float k = ref kernel[0];
        int left = radius - (x.FirstOuter * x.Step);
        int length = ((x.OuterCount - 1) * x.Step) + taps;
        int[] places = new int[length];
        for (int i = 0; i < length; i++)
        {
            places[i] = SeparableFilter.Mirror(i - left, x.Size);
        }

        int inside = Math.Max(0, Math.Min(x.Size, length - left));
        float[] padded = ArrayPool<float>.Shared.Rent(length);
        ref float from = ref padded[0];
        for (int y = 0; y < rows; y++)
        {
            ReadOnlySpan<float> row = source.Slice(y * x.Size, x.Size);
            for (int i = 0; i < left; i++)
            {
                padded[i] = row[places[i]];
            }

            row[..inside].CopyTo(padded.AsSpan(left));
            for (int i = left + inside; i < length; i++)
            {
                padded[i] = row[places[i]];
            }

            Span<float> target = result.Slice(y * x.OuterCount, x.OuterCount);
            for (int i = 0; i < target.Length; i++)
            {
                Vector256<float> sum = default;
                ref float v = ref Unsafe.Add(ref from, i * x.Step);
                for (int j = 0; j < taps; j += Lanes)
                {
                    sum = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref v, (nuint)j), Vector256.LoadUnsafe(ref k, (nuint)j), sum);
                }

                target[i] = Vector256.Sum(sum);
            }
        }

        ArrayPool<float>.Shared.Return(padded);
    }

    // From the coarse grid back to every pixel.
    private static void Expand(ReadOnlySpan<float> coarse, Axis x, Axis y, Span<float> result)
    {
        int width = x.Size;
        int blocks = (width + Lanes - 1) / Lanes;
        Vector256<float>[] weights = x.ExpandingVectors(out int kinds, out int taps);
        float[] line = ArrayPool<float>.Shared.Rent(x.InnerCount + Lanes);
        float[] last = ArrayPool<float>.Shared.Rent(Lanes);
        float[] rowWeights = new float[y.ExpandingTaps];
        ref float c = ref line[0];
        for (int row = 0; row < y.Size; row++)
        {
            int first = y.ExpandingWeights(row, rowWeights);
            Combine(coarse, first * x.InnerCount, x.InnerCount, rowWeights, line);
            Span<float> target = result.Slice(row * width, width);
            ref float to = ref MemoryMarshal.GetReference(target);
            for (int block = 0; block < blocks; block++)
            {
                // Eight pixels at once: the coarse values are the same for all of them, the weights are not.
                ref float v = ref Unsafe.Add(ref c, block * Lanes / x.Step);
                ref Vector256<float> w = ref weights[block % kinds * taps];
                Vector256<float> sum = Vector256.Create(v) * w;
                for (int j = 1; j < taps; j++)
                {
                    sum = Vector256.FusedMultiplyAdd(Vector256.Create(Unsafe.Add(ref v, j)), Unsafe.Add(ref w, j), sum);
                }

                if ((block + 1) * Lanes <= width)
                {
                    sum.StoreUnsafe(ref to, (nuint)(block * Lanes));
                }
                else
                {
                    sum.StoreUnsafe(ref last[0]);
                    last.AsSpan(0, width - (block * Lanes)).CopyTo(target[(block * Lanes)..]);
                }
            }
        }

        ArrayPool<float>.Shared.Return(last);
        ArrayPool<float>.Shared.Return(line);
    }

    private static void Combine(ReadOnlySpan<float> rows, int start, int width, ReadOnlySpan<float> weights, Span<float> line)
    {
        ref float from = ref MemoryMarshal.GetReference(rows);
        int x = 0;
        for (; x <= width - Lanes; x += Lanes)
        {
            Vector256<float> sum = default;
            for (int j = 0; j < weights.Length; j++)
            {
                sum = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref from, (nuint)(start + (j * width) + x)), Vector256.Create(weights[j]), sum);
            }

            sum.StoreUnsafe(ref MemoryMarshal.GetReference(line), (nuint)x);
        }

        for (; x < width; x++)
        {
            float sum = 0;
            for (int j = 0; j < weights.Length; j++)
            {
                sum = MathF.FusedMultiplyAdd(rows[start + (j * width) + x], weights[j], sum);
            }

            line[x] = sum;
        }
    }

    // One direction: its step, and which coarse places are needed. Coarse place i stands at pixel i·Step.
    private readonly struct Axis
    {
        private readonly double _outerSigma; // in px
        private readonly double _innerSigma; // in steps
        private readonly int _innerRadius;
        private readonly int _expandRadius;

        public Axis(int size, double sigma, double innerReach)
        {
            Size = size;
            Sigma = sigma;

            // Powers of two up to σ/2: what is left for the middle Gaussian is then 1.6 steps or more.
            Step = 1;
            while (4 * Step <= sigma)
            {
                Step *= 2;
            }

            _outerSigma = Step == 1 ? 0 : OuterSigmaPerStep * Step;
            _innerSigma = Math.Sqrt((sigma * sigma) - (2 * _outerSigma * _outerSigma)) / Step;
            _innerRadius = (int)Math.Ceiling(innerReach * _innerSigma);
            _expandRadius = Step == 1 ? 0 : (int)Math.Ceiling(OuterReach * OuterSigmaPerStep);
            int whole = (size + Lanes - 1) / Lanes * Lanes;
            InnerCount = ((whole - 1) / Step) + 2 + (2 * _expandRadius);
            FirstOuter = -_expandRadius - _innerRadius;
            OuterCount = InnerCount + (2 * _innerRadius);
        }

        public int Size { get; }

        public double Sigma { get; }

        public int Step { get; }

        public int InnerCount { get; }

        public int FirstOuter { get; }

        public int OuterCount { get; }

        public int ExpandingTaps => (2 * _expandRadius) + 2;

        public float[] Reducing() => GaussianKernel.Single(GaussianKernel.Smoothing(_outerSigma, (int)Math.Ceiling(OuterReach * _outerSigma)));

        public float[] Inner() => GaussianKernel.Single(GaussianKernel.Smoothing(_innerSigma, _innerRadius));

        // σ²·d²/dx² of the whole Gaussian is that of the middle one alone, in its own σ₂², times σ²/σ₂².
        public float[] InnerSecondDerivative()
        {
            double sigma = _innerSigma * Step;
            return GaussianKernel.Single(GaussianKernel.SecondDerivative(_innerSigma, _innerRadius), Sigma * Sigma / (sigma * sigma));
        }

        // The weights of the coarse places around a pixel; returns the first of them, counted from the first inner place.
        public int ExpandingWeights(int pixel, Span<float> weights)
        {
            int cell = pixel / Step;
            double part = (double)(pixel - (cell * Step)) / Step;
            double sum = 0;
            Span<double> exact = stackalloc double[weights.Length];
            for (int j = 0; j < weights.Length; j++)
            {
                double distance = part + _expandRadius - j;
                exact[j] = Step == 1 ? (j == _expandRadius ? 1 : 0) : Math.Exp(-0.5 * distance * distance / (OuterSigmaPerStep * OuterSigmaPerStep));
                sum += exact[j];
            }

            for (int j = 0; j < weights.Length; j++)
            {
                weights[j] = (float)(exact[j] / sum);
            }

            return cell;
        }

        // The same for eight pixels at once, one a lane: of each kind of block, a vector for each of `taps` coarse places from the first pixel's first on.
        public Vector256<float>[] ExpandingVectors(out int kinds, out int taps)
        {
            kinds = Math.Max(1, Step / Lanes);
            taps = ExpandingTaps + ((Lanes - 1) / Step);
            float[] flat = new float[kinds * taps * Lanes];
            Span<float> weights = stackalloc float[ExpandingTaps];
            for (int pixel = 0; pixel < kinds * Lanes; pixel++)
            {
                int block = pixel / Lanes;
                int offset = ExpandingWeights(pixel, weights) - (block * Lanes / Step);
                for (int j = 0; j < weights.Length; j++)
                {
                    flat[((((block * taps) + offset + j) * Lanes)) + (pixel % Lanes)] = weights[j];
                }
            }

            return MemoryMarshal.Cast<float, Vector256<float>>(flat).ToArray();
        }
    }
}
