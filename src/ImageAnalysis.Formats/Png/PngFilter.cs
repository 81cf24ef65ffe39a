using System.Numerics;

namespace ImageAnalysis.Formats.Png;

/// <summary>The five row filters: PNG (third edition), section 9. All arithmetic is that of bytes, modulo 256.</summary>
internal static class PngFilter
{
    /// <summary>Number of filter types; they are numbered from 0: none, sub, up, average, Paeth.</summary>
    public const int Kinds = 5;

    /// <summary>Turns a filtered row into the row of samples, in place (reconstruction functions, section 9.2).</summary>
    /// <param name="kind">The filter, 0…4.</param>
    /// <param name="row">The filtered row; the samples afterwards.</param>
    /// <param name="above">The row above it, already reconstructed; zeros above the first row of a pass.</param>
    /// <param name="step">Bytes to the pixel on the left.</param>
    public static void Undo(int kind, Span<byte> row, ReadOnlySpan<byte> above, int step)
    {
        above = above[..row.Length];
        int head = Math.Min(step, row.Length);
        switch (kind)
        {
            case 1:
                for (int i = head; i < row.Length; i++)
                {
                    row[i] += row[i - step];
                }

                break;
            case 2:
                for (int i = 0; i < row.Length; i++)
                {
                    row[i] += above[i];
                }

                break;
            case 3:
                for (int i = 0; i < head; i++)
                {
                    row[i] += (byte)(above[i] >> 1);
                }

                for (int i = head; i < row.Length; i++)
                {
                    row[i] += (byte)((row[i - step] + above[i]) >> 1);
                }

                break;
            case 4:
                // With nothing on the left and above left, the predictor is the byte above.
                for (int i = 0; i < head; i++)
                {
                    row[i] += above[i];
                }

                for (int i = head; i < row.Length; i++)
                {
                    row[i] += Paeth(row[i - step], above[i], above[i - step]);
                }

                break;
            default:
                break;
        }
    }

    /// <summary>Filters a row of samples (filter types, section 9.2).</summary>
    /// <param name="kind">The filter, 0…4.</param>
    /// <param name="row">The samples.</param>
    /// <param name="above">The samples of the row above; zeros above the first row.</param>
    /// <param name="step">Bytes to the pixel on the left.</param>
    /// <param name="filtered">Receives the filtered row.</param>
    /// <returns>The sum of the filtered bytes as signed numbers without sign: the lower, the better the row usually packs (section 12.7).</returns>
    public static long Apply(int kind, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int step, Span<byte> filtered)
    {
        above = above[..row.Length];
        filtered = filtered[..row.Length];
        int head = Math.Min(step, row.Length);
        int middle = kind == 4 ? head : row.Length - ((row.Length - head) % Vector<byte>.Count);
        return ApplyOneByOne(kind, row, above, step, 0, head, filtered)
            + ApplyManyAtOnce(kind, row, above, step, head, middle, filtered)
            + ApplyOneByOne(kind, row, above, step, middle, row.Length, filtered);
    }

    private static long ApplyOneByOne(int kind, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int step, int from, int to, Span<byte> filtered)
    {
        long sum = 0;
        for (int i = from; i < to; i++)
        {
            byte left = i >= step ? row[i - step] : (byte)0;
            byte up = above[i];
            byte predictor = kind switch
            {
                1 => left,
                2 => up,
                3 => (byte)((left + up) >> 1),
                4 => Paeth(left, up, i >= step ? above[i - step] : (byte)0),
                _ => 0,
            };
            byte value = (byte)(row[i] - predictor);
            filtered[i] = value;
            sum += Math.Abs((int)(sbyte)value);
        }

        return sum;
    }

    // Filters 0 to 3, where every byte has a neighbour on the left; from … to is a multiple of the vector's length.
    private static long ApplyManyAtOnce(int kind, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int step, int from, int to, Span<byte> filtered)
    {
        long sum = 0;
        for (int i = from; i < to; i += Vector<byte>.Count)
        {
            Vector<byte> left = new(row[(i - step)..]);
            Vector<byte> up = new(above[i..]);
            Vector<byte> predictor = kind switch
            {
                1 => left,
                2 => up,

                // ⌊(left + up) / 2⌋ without the ninth bit: what both have, and half of what one has.
                3 => (left & up) + Vector.ShiftRightLogical(left ^ up, 1),
                _ => Vector<byte>.Zero,
            };
            Vector<byte> value = new Vector<byte>(row[i..]) - predictor;
            value.CopyTo(filtered[i..]);

            // The size of a signed byte is the smaller of it and its opposite, read without sign.
            Vector<byte> size = Vector.Min(value, Vector<byte>.Zero - value);
            Vector.Widen(size, out Vector<ushort> low, out Vector<ushort> high);
            sum += Vector.Sum(low + high);
        }

        return sum;
    }

    /// <summary>The Paeth predictor: of left, above and above left the one nearest to left + above − above left; ties go in that order (section 9.4).</summary>
    public static byte Paeth(byte left, byte above, byte aboveLeft)
    {
        int toLeft = Math.Abs(above - aboveLeft);
        int toAbove = Math.Abs(left - aboveLeft);
        int toAboveLeft = Math.Abs(left + above - (2 * aboveLeft));
        if (toLeft <= toAbove && toLeft <= toAboveLeft)
        {
            return left;
        }

        return toAbove <= toAboveLeft ? above : aboveLeft;
    }
}
