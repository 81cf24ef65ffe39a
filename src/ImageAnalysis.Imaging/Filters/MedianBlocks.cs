using System.Buffers;
using System.Numerics;

namespace ImageAnalysis.Imaging;

/// <summary>
/// Medians of large windows, block by block: the pixels that a block's windows can see are sorted once, and a window is then a set of ranks, one bit each, whose
/// middle bit is followed as the window slides.
/// </summary>
internal static class MedianBlocks
{
    internal static void Filter(Raster<float> image, int radius, Span<float> result)
    {
        int width = image.WidthPx;
        int height = image.HeightPx;
        int block = Math.Max(32, 3 * radius);
        int side = block + (2 * radius);
        int size = side * side;
        ulong[] sorted = ArrayPool<ulong>.Shared.Rent(size);
        ulong[] scratch = ArrayPool<ulong>.Shared.Rent(size);
        int[] ranks = ArrayPool<int>.Shared.Rent(size);
        ulong[] bits = ArrayPool<ulong>.Shared.Rent((size + 63) / 64);
        for (int y0 = 0; y0 < height; y0 += block)
        {
            for (int x0 = 0; x0 < width; x0 += block)
            {
                int blockWidth = Math.Min(block, width - x0);
                int blockHeight = Math.Min(block, height - y0);
                int regionWidth = blockWidth + (2 * radius);
                int regionHeight = blockHeight + (2 * radius);
                int n = regionWidth * regionHeight;
                for (int y = 0; y < regionHeight; y++)
                {
                    ReadOnlySpan<float> row = image.Row(Math.Clamp(y0 - radius + y, 0, height - 1));
                    for (int x = 0; x < regionWidth; x++)
                    {
                        int i = (y * regionWidth) + x;
                        sorted[i] = ((ulong)Key(row[Math.Clamp(x0 - radius + x, 0, width - 1)]) << 32) | (uint)i;
                    }
                }

                Sort(sorted.AsSpan(0, n), scratch.AsSpan(0, n));
                for (int rank = 0; rank < n; rank++)
                {
                    ranks[(int)(uint)sorted[rank]] = rank;
                }

                Window window = new(bits.AsSpan(0, (n + 63) / 64), ranks.AsSpan(0, n), regionWidth);
                Slide(ref window, radius, blockWidth, blockHeight, sorted, result[((y0 * width) + x0)..], width);
            }
        }

        ArrayPool<ulong>.Shared.Return(bits);
        ArrayPool<int>.Shared.Return(ranks);
        ArrayPool<ulong>.Shared.Return(scratch);
        ArrayPool<ulong>.Shared.Return(sorted);
    }

    // Down the first column, one step right, up the second, and so on.
    private static void Slide(ref Window window, int radius, int blockWidth, int blockHeight, ulong[] sorted, Span<float> result, int stride)
    {
        int side = (2 * radius) + 1;
        int middle = side * side / 2;
        for (int y = 0; y < side; y++)
        {
            window.AddRow(0, y, side);
        }

        int top = 0;
        int step = 1;
        for (int x = 0; x < blockWidth; x++)
        {
            while (true)
            {
                result[(top * stride) + x] = Value((uint)(sorted[window.RankAt(middle)] >> 32));
                int next = top + step;
                if ((uint)next >= (uint)blockHeight)
                {
                    break;
                }

                window.RemoveRow(x, step > 0 ? top : top + side - 1, side);
                window.AddRow(x, step > 0 ? top + side : next, side);
                top = next;
            }

            step = -step;
            if (x + 1 < blockWidth)
            {
                window.RemoveColumn(x, top, side);
                window.AddColumn(x + side, top, side);
            }
        }
    }

    // Unsigned integers in the order of the floats.
    private static uint Key(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return bits ^ ((uint)((int)bits >> 31) | 0x80000000u);
    }

    private static float Value(uint key) => BitConverter.UInt32BitsToSingle((key & 0x80000000u) != 0 ? key ^ 0x80000000u : ~key);

    // By the upper 32 bits, eleven bits at a time; the order of equals is kept, so the result does not depend on anything else.
    private static void Sort(Span<ulong> values, Span<ulong> scratch)
    {
        const int Bits = 11;
        const int Size = 1 << Bits;
        Span<int> counts = stackalloc int[3 * Size];
        counts.Clear();
        foreach (ulong value in values)
        {
            counts[(int)(value >> 32) & (Size - 1)]++;
            counts[Size + ((int)(value >> 43) & (Size - 1))]++;
            counts[(2 * Size) + (int)(value >> 54)]++;
        }

        Span<ulong> from = values;
        Span<ulong> to = scratch;
        for (int digit = 0; digit < 3; digit++)
        {
            Span<int> places = counts.Slice(digit * Size, Size);
            int sum = 0;
            for (int i = 0; i < Size; i++)
            {
                (places[i], sum) = (sum, sum + places[i]);
            }

            int shift = 32 + (digit * Bits);
            foreach (ulong value in from)
            {
                to[places[(int)(value >> shift) & (Size - 1)]++] = value;
            }

            Span<ulong> swap = from;
            from = to;
            to = swap;
        }

        from.CopyTo(values);
    }

    private ref struct Window
    {
        private readonly Span<ulong> _bits;
        private readonly ReadOnlySpan<int> _ranks;
        private readonly int _regionWidth;
        private int _word;
        private int _below; // members in the words before _word

        public Window(Span<ulong> bits, ReadOnlySpan<int> ranks, int regionWidth)
        {
            _bits = bits;
            _ranks = ranks;
            _regionWidth = regionWidth;
            _word = bits.Length / 2;
            _below = 0;
            bits.Clear();
        }

        public void AddRow(int x, int y, int count)
        {
            foreach (int rank in _ranks.Slice((y * _regionWidth) + x, count))
            {
                _bits[rank >> 6] |= 1UL << (rank & 63);
                _below += rank >> 6 < _word ? 1 : 0;
            }
        }

        public void RemoveRow(int x, int y, int count)
        {
            foreach (int rank in _ranks.Slice((y * _regionWidth) + x, count))
            {
                _bits[rank >> 6] ^= 1UL << (rank & 63);
                _below -= rank >> 6 < _word ? 1 : 0;
            }
        }

        public void AddColumn(int x, int y, int count)
        {
            for (int i = 0; i < count; i++)
            {
                AddRow(x, y + i, 1);
            }
        }

        public void RemoveColumn(int x, int y, int count)
        {
            for (int i = 0; i < count; i++)
            {
                RemoveRow(x, y + i, 1);
            }
        }

        // The rank of the member at a place (from 0) among the members.
        public int RankAt(int place)
        {
            while (_below > place)
            {
                _word--;
                _below -= BitOperations.PopCount(_bits[_word]);
            }

            int here;
            while (_below + (here = BitOperations.PopCount(_bits[_word])) <= place)
            {
                _below += here;
                _word++;
            }

            ulong word = _bits[_word];
            for (int i = _below; i < place; i++)
            {
                word &= word - 1;
            }

            return (_word << 6) + BitOperations.TrailingZeroCount(word);
        }
    }
}
