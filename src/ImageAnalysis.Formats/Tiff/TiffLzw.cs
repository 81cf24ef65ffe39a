using System.Buffers.Binary;

namespace ImageAnalysis.Formats.Tiff;

/// <summary>
/// LZW as TIFF has it: TIFF 6.0 section 13, codes of 9 to 12 bits with the most significant bit first, widened one code early. The variant of
/// writers before 1992 (least significant bit first, widened on time) is recognised by its first two bytes, as libtiff does.
/// </summary>
internal sealed class TiffLzw
{
    /// <summary>Most bytes out for a byte in: a full table's longest string of 3838 bytes for each code of 12 bits.</summary>
    public const int LargestRatio = 2559;

    private const int Clear = 256;
    private const int End = 257;
    private const int First = 258;
    private const int TableSize = 4096;

    // Each table entry is a place in the output and a length: a string is always a repeat of something already written.
    private readonly int[] _start = new int[TableSize];
    private readonly int[] _length = new int[TableSize];

    /// <summary>Decodes until the output is full, the data end, or a code makes no sense.</summary>
    /// <returns>Number of bytes written.</returns>
    public int Decode(ReadOnlySpan<byte> data, Span<byte> output) => Decode(data, output, output.Length);

    /// <summary>Counts the bytes that <see cref="Decode(ReadOnlySpan{byte}, Span{byte})"/> would write into an output of a given length.</summary>
    public int Count(ReadOnlySpan<byte> data, int outputLength) => Decode(data, default, outputLength);

    private int Decode(ReadOnlySpan<byte> data, Span<byte> output, int outputLength)
    {
        bool counting = output.Length != outputLength;
        bool old = data.Length >= 2 && data[0] == 0 && (data[1] & 1) == 1;
        int early = old ? 0 : 1;
        int[] starts = _start;
        int[] lengths = _length;
        ulong buffer = 0;
        int bits = 0;
        int read = 0;
        int width = 9;
        int next = First;
        int written = 0;
        int previous = 0;
        int previousLength = 0;
        while (written < outputLength)
        {
            if (bits < width)
            {
                if (read + 4 <= data.Length)
                {
                    uint four = old ? BinaryPrimitives.ReadUInt32LittleEndian(data[read..]) : BinaryPrimitives.ReadUInt32BigEndian(data[read..]);
                    buffer = old ? buffer | ((ulong)four << bits) : (buffer << 32) | four;
                    read += 4;
                    bits += 32;
                }
                else
                {
                    while (read < data.Length)
                    {
                        buffer = old ? buffer | ((ulong)data[read++] << bits) : (buffer << 8) | data[read++];
                        bits += 8;
                    }

                    if (bits < width)
                    {
                        return written;
                    }
                }
            }

            int mask = (1 << width) - 1;
            int code = (int)(old ? buffer : buffer >> (bits - width)) & mask;
            bits -= width;
            if (old)
            {
                buffer >>= width;
            }

            if (code == Clear)
            {
                (next, width, previousLength) = (First, 9, 0);
                continue;
            }

            if (code == End)
            {
                return written;
            }

            int at = written;
            int length = 1;
            if (code < Clear)
            {
                if (!counting)
                {
                    output[written] = (byte)code;
                }

                written++;
            }
            else if (previousLength == 0 || code > next || (code == next && next == TableSize))
            {
                return written;
            }
            else
            {
                // The code being defined right now is the previous string and its first byte: the bytes that start where that string stands.
                (int from, length) = code == next ? (previous, previousLength + 1) : (starts[code], lengths[code]);
                int count = Math.Min(length, outputLength - written);
                if (!counting)
                {
                    Repeat(output, from, written, count);
                }

                written += count;
            }

            if (previousLength > 0 && next < TableSize)
            {
                starts[next] = previous;
                lengths[next] = previousLength + 1;
                next++;
                if (next + early >= 1 << width && width < 12)
                {
                    width++;
                }
            }

            (previous, previousLength) = (at, length);
        }

        return written;
    }

    private static void Repeat(Span<byte> output, int from, int to, int count)
    {
        if (count > 16 && from + count <= to)
        {
            output.Slice(from, count).CopyTo(output[to..]);
            return;
        }

        Span<byte> target = output.Slice(to, count);
        ReadOnlySpan<byte> source = output.Slice(from, count);
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = source[i];
        }
    }
}
