using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ImageAnalysis.Imaging;

/// <summary>Sixteen real rows as eight complex lines: rows 0…7 are the real parts, rows 8…15 the imaginary parts.</summary>
/// <remarks>
/// With z = a + ib and a, b real, the transforms are A(u) = (Z(u) + Z(−u)*)/2 and B(u) = (Z(u) − Z(−u)*)/(2i).
/// </remarks>
internal static unsafe class RealRows
{
    internal const int Count = 2 * Lines.Count;

    /// <summary>Reads up to sixteen rows of an image.</summary>
    internal static void Load(float* rows, int width, int count, float* lines)
    {
        LineBlock.Load(rows, width, Math.Min(count, Lines.Count), width, lines);
        if (count > Lines.Count)
        {
            LineBlock.Load(rows + ((nint)Lines.Count * width), width, count - Lines.Count, width, lines + Lines.Count);
        }
        else
        {
            LineBlock.Load(rows, width, count, width, lines + Lines.Count);
        }
    }

    /// <summary>Writes up to sixteen rows of an image.</summary>
    internal static void Store(float* lines, float* rows, int width, int count)
    {
        LineBlock.Store(lines, rows, width, Math.Min(count, Lines.Count), width);
        if (count > Lines.Count)
        {
            LineBlock.Store(lines + Lines.Count, rows + ((nint)Lines.Count * width), width, count - Lines.Count, width);
        }
    }

    /// <summary>Takes the spectra of the rows out of the transformed lines.</summary>
    /// <param name="lines">The transformed lines, Z(u).</param>
    /// <param name="width">Their length.</param>
    /// <param name="count">Number of rows to write, 1…16.</param>
    /// <param name="panels">The first row's place in panels; whole panels are written.</param>
    /// <param name="step">Floats from a panel to the next.</param>
    internal static void StoreSpectra(float* lines, int width, int count, float* panels, nint step)
    {
        int columns = (width / 2) + 1;
        float* block = stackalloc float[4 * Lines.Count * Lines.Count];
        for (int u = 0; u < columns; u += Lines.Count, panels += step)
        {
            for (int k = 0; k < Lines.Count; k++)
            {
                float* z = lines + ((u + k) % width * Lines.PackedStride);
                float* opposite = lines + ((width - ((u + k) % width)) % width * Lines.PackedStride);
                Vector256<float> zRe = Vector256.Load(z) * 0.5f, zIm = Vector256.Load(z + Lines.Count) * 0.5f;
                Vector256<float> oRe = Vector256.Load(opposite) * 0.5f, oIm = Vector256.Load(opposite + Lines.Count) * 0.5f;
                float* to = block + (k * Lines.Count);
                (zRe + oRe).Store(to);
                (zIm - oIm).Store(to + 64);
                (zIm + oIm).Store(to + 128);
                (oRe - zRe).Store(to + 192);
            }

            float* panelsB = panels + (Lines.Count * Lines.PackedStride);
            StoreBlock(block, Math.Min(count, Lines.Count), panels);
            StoreBlock(block + 64, Math.Min(count, Lines.Count), panels + Lines.Count);
            StoreBlock(block + 128, count - Lines.Count, panelsB);
            StoreBlock(block + 192, count - Lines.Count, panelsB + Lines.Count);
        }
    }

    /// <summary>Makes the lines whose inverse transform holds the rows: the opposite of <see cref="StoreSpectra"/>.</summary>
    /// <param name="panels">The first row's place in panels.</param>
    /// <param name="step">Floats from a panel to the next.</param>
    /// <param name="width">Length of the lines.</param>
    /// <param name="count">Number of rows there, 1…16.</param>
    /// <param name="scale">Factor of everything.</param>
    /// <param name="lines">Takes the lines.</param>
    internal static void LoadSpectra(float* panels, nint step, int width, int count, float scale, float* lines)
    {
        int columns = (width / 2) + 1;
        int rowsA = Math.Min(count, Lines.Count);
        int rowsB = Math.Max(1, count - Lines.Count);
        nint toB = count > Lines.Count ? Lines.Count * Lines.PackedStride : 0;
        float* block = stackalloc float[4 * Lines.Count * Lines.Count];
        for (int u = 0; u < columns; u += Lines.Count, panels += step)
        {
            LoadBlock(panels, rowsA, block);
            LoadBlock(panels + Lines.Count, rowsA, block + 64);
            LoadBlock(panels + toB, rowsB, block + 128);
            LoadBlock(panels + toB + Lines.Count, rowsB, block + 192);
            int last = Math.Min(Lines.Count, columns - u);
            for (int k = 0; k < last; k++)
            {
                float* from = block + (k * Lines.Count);
                Vector256<float> aRe = Vector256.Load(from) * scale, aIm = Vector256.Load(from + 64) * scale;
                Vector256<float> bRe = Vector256.Load(from + 128) * scale, bIm = Vector256.Load(from + 192) * scale;
                float* z = lines + ((u + k) * Lines.PackedStride);
                int opposite = width - u - k;
                if (u + k == 0 || opposite == u + k)
                {
                    aRe.Store(z);
                    bRe.Store(z + Lines.Count);
                    continue;
                }

                (aRe - bIm).Store(z);
                (aIm + bRe).Store(z + Lines.Count);
                z = lines + (opposite * Lines.PackedStride);
                (aRe + bIm).Store(z);
                (bRe - aIm).Store(z + Lines.Count);
            }
        }
    }

    // Eight columns of up to eight rows, from [column][row] in the block.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreBlock(float* block, int count, float* rows)
    {
        if (count == Lines.Count)
        {
            LineBlock.Transpose(block, Lines.Count, rows, Lines.PackedStride);
            return;
        }

        for (int lane = 0; lane < count; lane++)
        {
            for (int k = 0; k < Lines.Count; k++)
            {
                rows[(lane * Lines.PackedStride) + k] = block[(k * Lines.Count) + lane];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LoadBlock(float* rows, int count, float* block)
    {
        if (count == Lines.Count)
        {
            LineBlock.Transpose(rows, Lines.PackedStride, block, Lines.Count);
            return;
        }

        for (int lane = 0; lane < Lines.Count; lane++)
        {
            for (int k = 0; k < Lines.Count; k++)
            {
                block[(k * Lines.Count) + lane] = rows[(Math.Min(lane, count - 1) * Lines.PackedStride) + k];
            }
        }
    }
}
