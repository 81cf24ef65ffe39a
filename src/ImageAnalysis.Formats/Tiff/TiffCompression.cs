using System.IO.Compression;
using System.Runtime.InteropServices;

namespace ImageAnalysis.Formats.Tiff;

/// <summary>Undoes the compression of one strip or tile after another.</summary>
internal sealed class TiffCompression
{
    private const int None = 1;
    private const int Lzw = 5;
    private const int PackBits = 32773;

    private readonly int _compression;
    private readonly bool _reversedBits;
    private readonly TiffLzw? _lzw;

    public TiffCompression(TiffPage page)
    {
        _compression = page.Compression;
        _reversedBits = page.ReversedBits;
        _lzw = _compression == Lzw ? new TiffLzw() : null;
    }

    /// <summary>
    /// The most bytes that a number of compressed bytes can stand for: 1032 : 1 for Deflate (258 bytes for two bits at least, RFC 1951), 64 : 1 for
    /// PackBits (128 bytes for two), 2559 : 1 for LZW.
    /// </summary>
    public static long MostBytes(int compression, long compressedBytes) => compressedBytes * compression switch
    {
        None => 1,
        Lzw => TiffLzw.LargestRatio,
        PackBits => 64,
        _ => 1032,
    };

    /// <summary>Decompresses until the output is full or the data end.</summary>
    /// <param name="data">The bytes of a strip or tile.</param>
    /// <param name="output">Receives the bytes.</param>
    /// <returns>Number of bytes written; −1 where they contradict the checksum behind them.</returns>
    public int Decode(ReadOnlyMemory<byte> data, Span<byte> output)
    {
        data = InOrder(data);
        return _compression switch
        {
            None => Copy(data.Span, output),
            Lzw => _lzw!.Decode(data.Span, output),
            PackBits => UnpackBits(data.Span, output, output.Length),
            _ => Inflate(data, output, output.Length),
        };
    }

    /// <summary>What <see cref="Decode"/> would return for an output of a given length, found without one.</summary>
    public int Count(ReadOnlyMemory<byte> data, int outputLength)
    {
        data = InOrder(data);
        return _compression switch
        {
            None => Math.Min(data.Length, outputLength),
            Lzw => _lzw!.Count(data.Span, outputLength),
            PackBits => UnpackBits(data.Span, default, outputLength),
            _ => Inflate(data, default, outputLength),
        };
    }

    // FillOrder 2: the bits of every stored byte in reverse order.
    private ReadOnlyMemory<byte> InOrder(ReadOnlyMemory<byte> data)
    {
        if (!_reversedBits)
        {
            return data;
        }

        byte[] turned = data.ToArray();
        ReverseBits(turned);
        return turned;
    }

    private static int Copy(ReadOnlySpan<byte> data, Span<byte> output)
    {
        int count = Math.Min(data.Length, output.Length);
        data[..count].CopyTo(output);
        return count;
    }

    // TIFF 6.0 section 9: n = 0…127, then n + 1 bytes as they are; n = −1…−127, then one byte 1 − n times; −128 does nothing.
    private static int UnpackBits(ReadOnlySpan<byte> data, Span<byte> output, int outputLength)
    {
        bool counting = output.Length != outputLength;
        int read = 0;
        int written = 0;
        while (read < data.Length && written < outputLength)
        {
            int n = (sbyte)data[read++];
            if (n >= 0)
            {
                int count = Math.Min(Math.Min(n + 1, data.Length - read), outputLength - written);
                if (!counting)
                {
                    data.Slice(read, count).CopyTo(output[written..]);
                }

                read += n + 1;
                written += count;
            }
            else if (n != -128 && read < data.Length)
            {
                int count = Math.Min(1 - n, outputLength - written);
                if (!counting)
                {
                    output.Slice(written, count).Fill(data[read]);
                }

                read++;
                written += count;
            }
        }

        return written;
    }

    private static int Inflate(ReadOnlyMemory<byte> data, Span<byte> output, int outputLength)
    {
        if (!MemoryMarshal.TryGetArray(data, out ArraySegment<byte> segment))
        {
            segment = data.ToArray();
        }

        using MemoryStream stored = new(segment.Array!, segment.Offset, segment.Count, writable: false);
        using ZLibStream inflate = new(stored, CompressionMode.Decompress);
        Span<byte> passing = stackalloc byte[output.Length == outputLength ? 0 : 4096];
        int written = 0;
        try
        {
            while (written < outputLength)
            {
                int count = inflate.Read(passing.IsEmpty ? output[written..] : passing[..Math.Min(passing.Length, outputLength - written)]);
                if (count == 0)
                {
                    return written;
                }

                written += count;
            }

            // One byte further lies the checksum of the whole stream: bytes that contradict it are not pixels.
            inflate.ReadByte();
        }
        catch (Exception problem) when (problem is InvalidDataException or IOException)
        {
            return written == outputLength ? -1 : written;
        }

        return written;
    }

    private static void ReverseBits(Span<byte> bytes)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            // Each bit of the byte is picked out of a product (Bit Twiddling Hacks, S. E. Anderson, public domain).
            bytes[i] = (byte)((((bytes[i] * 0x0802u) & 0x22110u) | ((bytes[i] * 0x8020u) & 0x88440u)) * 0x10101u >> 16);
        }
    }
}
