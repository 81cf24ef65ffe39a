using System.IO.Compression;

namespace ImageAnalysis.Formats.Tests.Tiff;

/// <summary>Plain encoders for test files: the reverse of what the reader does, written from the specifications for clarity and not for speed.</summary>
internal static class TiffEncoders
{
    /// <summary>Prediction, byte order and compression of whole rows of little-endian samples.</summary>
    /// <param name="rows">Rows of samples.</param>
    /// <param name="rowBytes">Bytes of a row.</param>
    /// <param name="size">Bytes of a sample; 0 for packed bits.</param>
    /// <param name="samples">Samples of a pixel that lie side by side.</param>
    /// <param name="predictor">1, 2 or 3.</param>
    /// <param name="littleEndian">Byte order of the file.</param>
    /// <param name="compression">1, 5, 8, 32773, 32946; 4 stands here for LZW of before 1992.</param>
    public static byte[] Encode(byte[] rows, int rowBytes, int size, int samples, int predictor, bool littleEndian, int compression)
    {
        byte[] bytes = (byte[])rows.Clone();
        for (int at = 0; at < bytes.Length; at += rowBytes)
        {
            Span<byte> row = bytes.AsSpan(at, rowBytes);
            if (predictor == 2)
            {
                Difference(row, size, samples);
            }
            else if (predictor == 3)
            {
                Planes(row, size, samples);
            }
        }

        if (!littleEndian && size > 1 && predictor != 3)
        {
            for (int at = 0; at < bytes.Length; at += size)
            {
                bytes.AsSpan(at, size).Reverse();
            }
        }

        return compression switch
        {
            1 => bytes,
            4 => Lzw(bytes, old: true),
            5 => Lzw(bytes, old: false),
            32773 => PackBits(bytes),
            _ => Deflate(bytes),
        };
    }

    public static byte[] Deflate(byte[] bytes)
    {
        using MemoryStream compressed = new();
        using (ZLibStream deflate = new(compressed, CompressionLevel.SmallestSize))
        {
            deflate.Write(bytes);
        }

        return compressed.ToArray();
    }

    /// <summary>TIFF 6.0 section 13: a table of strings, codes of 9 to 12 bits. Old: least significant bit first, codes widened when they no longer fit.</summary>
    public static byte[] Lzw(byte[] bytes, bool old)
    {
        List<byte> output = [];
        Dictionary<string, int> table = [];
        ulong buffer = 0;
        int bits = 0;
        int width = 9;
        int next = 258;

        void Put(int code)
        {
            buffer = old ? buffer | ((ulong)code << bits) : (buffer << width) | (uint)code;
            bits += width;
            while (bits >= 8)
            {
                output.Add((byte)(old ? buffer : buffer >> (bits - 8)));
                bits -= 8;
                buffer = old ? buffer >> 8 : buffer & ((1UL << bits) - 1);
            }
        }

        void Restart()
        {
            Put(256);
            table = Enumerable.Range(0, 256).ToDictionary(i => ((char)i).ToString(), i => i);
            (next, width) = (258, 9);
        }

        Restart();
        string current = string.Empty;
        foreach (byte value in bytes)
        {
            string longer = current + (char)value;
            if (table.ContainsKey(longer))
            {
                current = longer;
                continue;
            }

            Put(table[current]);
            table[longer] = next++;
            current = ((char)value).ToString();

            // The decoder's table is one entry behind: it widens when its own next code is 511, 1023, 2047 (old: 512, 1024, 2048).
            int decoderNext = next - 1;
            if (decoderNext + (old ? 0 : 1) == 1 << width && width < 12)
            {
                width++;
            }

            if (next == 4094)
            {
                Put(table[current]);
                current = string.Empty;
                Restart();
            }
        }

        if (current.Length > 0)
        {
            Put(table[current]);

            // The decoder adds an entry for that code, too.
            if (next + (old ? 0 : 1) == 1 << width && width < 12)
            {
                width++;
            }
        }

        Put(257);
        if (bits > 0)
        {
            output.Add((byte)(old ? buffer : buffer << (8 - bits)));
        }

        return [.. output];
    }

    /// <summary>TIFF 6.0 section 9: runs of three or more as a count and a byte, everything else as it is.</summary>
    public static byte[] PackBits(byte[] bytes)
    {
        List<byte> output = [];
        int at = 0;
        while (at < bytes.Length)
        {
            int run = 1;
            while (run < 128 && at + run < bytes.Length && bytes[at + run] == bytes[at])
            {
                run++;
            }

            if (run >= 3)
            {
                output.Add((byte)(1 - run));
                output.Add(bytes[at]);
                at += run;
                continue;
            }

            int start = at;
            while (at < bytes.Length && at - start < 128
                && !(at + 2 < bytes.Length && bytes[at] == bytes[at + 1] && bytes[at] == bytes[at + 2]))
            {
                at++;
            }

            output.Add((byte)(at - start - 1));
            output.AddRange(bytes[start..at]);
        }

        return [.. output];
    }

    private static void Difference(Span<byte> row, int size, int samples)
    {
        for (int at = row.Length - size; at >= size * samples; at -= size)
        {
            ulong difference = Get(row.Slice(at, size)) - Get(row.Slice(at - (size * samples), size));
            for (int i = 0; i < size; i++)
            {
                row[at + i] = (byte)(difference >> (8 * i));
            }
        }
    }

    private static ulong Get(ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            value |= (ulong)bytes[i] << (8 * i);
        }

        return value;
    }

    private static void Planes(Span<byte> row, int size, int samples)
    {
        byte[] values = row.ToArray();
        int count = row.Length / size;
        for (int i = 0; i < count; i++)
        {
            for (int b = 0; b < size; b++)
            {
                // Most significant byte of every value first; values are little-endian here.
                row[(b * count) + i] = values[(i * size) + size - 1 - b];
            }
        }

        for (int i = row.Length - 1; i >= samples; i--)
        {
            row[i] -= row[i - samples];
        }
    }
}
