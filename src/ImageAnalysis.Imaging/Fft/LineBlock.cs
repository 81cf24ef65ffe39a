using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ImageAnalysis.Imaging;

/// <summary>Turns eight image rows into the eight lanes of a work buffer, and back: 8 × 8 transpositions in registers.</summary>
internal static unsafe class LineBlock
{
    /// <summary>Copies rows to lanes: buffer[16·x + lane] = row lane, column x.</summary>
    /// <param name="rows">The first row.</param>
    /// <param name="stride">Floats from a row to the next.</param>
    /// <param name="count">Number of rows there, 1…8; missing lanes repeat the last row.</param>
    /// <param name="width">Number of columns.</param>
    /// <param name="buffer">Where the first column goes.</param>
    internal static void Load(float* rows, nint stride, int count, int width, float* buffer)
    {
        nint missing = Lines.Count - count;
        int x = 0;
        for (; x <= width - Lines.Count; x += Lines.Count)
        {
            if (missing == 0)
            {
                Transpose(rows + x, stride, buffer + (x * Lines.PackedStride), Lines.PackedStride);
            }
            else
            {
                LoadColumns(rows + x, stride, count, Lines.Count, buffer + (x * Lines.PackedStride));
            }
        }

        LoadColumns(rows + x, stride, count, width - x, buffer + (x * Lines.PackedStride));
    }

    /// <summary>Copies lanes to rows: row lane, column x = buffer[16·x + lane].</summary>
    /// <param name="buffer">Where the first column is.</param>
    /// <param name="rows">The first row.</param>
    /// <param name="stride">Floats from a row to the next.</param>
    /// <param name="count">Number of rows to write, 1…8.</param>
    /// <param name="width">Number of columns.</param>
    internal static void Store(float* buffer, float* rows, nint stride, int count, int width)
    {
        int x = 0;
        if (count == Lines.Count)
        {
            for (; x <= width - Lines.Count; x += Lines.Count)
            {
                Transpose(buffer + (x * Lines.PackedStride), Lines.PackedStride, rows + x, stride);
            }
        }

        for (; x < width; x++)
        {
            for (int lane = 0; lane < count; lane++)
            {
                rows[(lane * stride) + x] = buffer[(x * Lines.PackedStride) + lane];
            }
        }
    }

    /// <summary>Writes the transpose of an 8 × 8 block: to[j·toStride + i] = from[i·fromStride + j].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Transpose(float* from, nint fromStride, float* to, nint toStride) => Transpose(from, fromStride, to, toStride, 1);

    /// <summary>Writes the transpose of an 8 × 8 block times a factor: to[j·toStride + i] = from[i·fromStride + j]·scale.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Transpose(float* from, nint fromStride, float* to, nint toStride, float scale)
    {
        if (!Avx.IsSupported)
        {
            for (int i = 0; i < Lines.Count; i++)
            {
                for (int j = 0; j < Lines.Count; j++)
                {
                    to[(j * toStride) + i] = from[(i * fromStride) + j] * scale;
                }
            }

            return;
        }

        // The left and the right half of the block, each with rows 0…3 in the low and rows 4…7 in the high halves of its vectors.
        for (int half = 0; half < 2; half++, from += 4, to += 4 * toStride)
        {
            float* from4 = from + (4 * fromStride);
            Vector256<float> v0 = Vector256.Create(Vector128.Load(from), Vector128.Load(from4));
            Vector256<float> v1 = Vector256.Create(Vector128.Load(from + fromStride), Vector128.Load(from4 + fromStride));
            Vector256<float> v2 = Vector256.Create(Vector128.Load(from + (2 * fromStride)), Vector128.Load(from4 + (2 * fromStride)));
            Vector256<float> v3 = Vector256.Create(Vector128.Load(from + (3 * fromStride)), Vector128.Load(from4 + (3 * fromStride)));
            if (scale != 1)
            {
                v0 *= scale;
                v1 *= scale;
                v2 *= scale;
                v3 *= scale;
            }

            Vector256<float> low01 = Avx.UnpackLow(v0, v1), high01 = Avx.UnpackHigh(v0, v1);
            Vector256<float> low23 = Avx.UnpackLow(v2, v3), high23 = Avx.UnpackHigh(v2, v3);
            Avx.Shuffle(low01, low23, 0x44).Store(to);
            Avx.Shuffle(low01, low23, 0xEE).Store(to + toStride);
            Avx.Shuffle(high01, high23, 0x44).Store(to + (2 * toStride));
            Avx.Shuffle(high01, high23, 0xEE).Store(to + (3 * toStride));
        }
    }

    private static void LoadColumns(float* rows, nint stride, int count, int width, float* buffer)
    {
        for (int x = 0; x < width; x++)
        {
            for (int lane = 0; lane < Lines.Count; lane++)
            {
                buffer[(x * Lines.PackedStride) + lane] = rows[(Math.Min(lane, count - 1) * stride) + x];
            }
        }
    }
}
