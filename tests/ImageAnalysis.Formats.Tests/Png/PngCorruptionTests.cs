using System.Buffers.Binary;
using ImageAnalysis.Formats.Png;
using ImageAnalysis.Tests;

namespace ImageAnalysis.Formats.Tests.Png;

/// <summary>Whatever is done to a file: it is read, or refused by the one exception that readers may throw, with bounded memory.</summary>
public sealed class PngCorruptionTests
{
    private static readonly byte[][] _files = [Grey(), InterlacedColour(), Palette()];

    [Fact]
    public void UntouchedFiles_AreRead() => Assert.All(_files, file => Assert.Null(Attempt(file)));

    [Fact]
    public void Truncation_AtEveryByte_IsTruncatedOrStillWhole()
    {
        foreach (byte[] file in _files)
        {
            for (int length = 4; length < file.Length; length++)
            {
                MicroscopeFileException? e = Attempt(file[..length]);
                Assert.Equal(FileProblem.Truncated, e?.Problem);
            }
        }
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(1u)]
    [InlineData(0x7FFFFFFFu)]
    [InlineData(0x80000000u)]
    [InlineData(0xFFFFFFFFu)]
    public void HostileLengths_InEveryChunk_AreRefused(uint length)
    {
        foreach (byte[] file in _files)
        {
            foreach ((int offset, int chunkLength) in Chunks(file))
            {
                byte[] changed = [.. file];
                BinaryPrimitives.WriteUInt32BigEndian(changed.AsSpan(offset), length);
                MicroscopeFileException? e = Attempt(changed);

                // An IEND of length 0 and chunks whose length is unchanged stay whole.
                Assert.True(e is not null || length == chunkLength, $"length {length} at {offset} was accepted");
            }
        }
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(0x7FFFFFFFu)]
    [InlineData(0xFFFFFFFFu)]
    [InlineData(20_000u)]
    public void HostileSizes_WithRightChecksums_AreRefusedBeforeAnythingIsAllocated(uint size)
    {
        foreach (byte[] file in _files)
        {
            foreach (int field in new[] { 16, 20 })
            {
                byte[] changed = [.. file];
                BinaryPrimitives.WriteUInt32BigEndian(changed.AsSpan(field), size);
                FixChecksum(changed, 8);
                Assert.NotNull(Attempt(changed));
            }
        }
    }

    [Fact]
    public void BombOfZeros_BeyondWhatDeflateCanHold_IsRefused()
    {
        // 10,000 zeros packed, claimed as 20,000 × 20,000 px: 4·10⁸ bytes against 1032 times some 30 bytes.
        byte[] file = PngBytes.Image(20_000, 20_000, 8, 0, new byte[10_000]);
        MicroscopeFileException? e = Attempt(file);

        Assert.Equal(FileProblem.Corrupt, e?.Problem);
        Assert.Contains("hold at most", e!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BombOfText_IsNamedAndNotUnpacked()
    {
        byte[] packed = PngBytes.Packed(new byte[20_000_000]);
        byte[] text = PngBytes.Chunk("zTXt", [.. "Comment\0\0"u8, .. packed]);
        byte[] file = PngBytes.ImageWith([text], 1, 1, 8, 0, 0, 7);

        Assert.Null(Attempt(file));
        Assert.Contains(PngReader.Read(file).RawTags, tag => tag.Path == "zTXt.Comment" && tag.Value.Contains("too long", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("tEXt", "a\0")]
    [InlineData("zTXt", "a\0\0x")]
    [InlineData("abCd", "")]
    [InlineData("IDAT", "")]
    public void ThousandsOfSmallChunks_CostMemoryInProportion(string type, string data)
    {
        byte[] file = PngBytes.ImageWith([.. Enumerable.Repeat(PngBytes.Text(type, data), 20_000)], 1, 1, 8, 0, 0, 7);
        Assert.Null(Attempt(file));
    }

    [Fact]
    public void Numbers_OverwrittenAtEveryByte_ThrowNothingElse()
    {
        foreach (byte[] file in _files)
        {
            Corruption.OverwriteNumbers(file, PngReader.Read);
        }
    }

    [Fact]
    public void ByteFlips_TwoThousandHalfOfThemWithRightChecksums_ThrowNothingElse()
    {
        Random random = new(20250101);
        int refused = 0;
        for (int i = 0; i < 2000; i++)
        {
            byte[] file = [.. _files[i % _files.Length]];
            int flips = random.Next(1, 4);
            for (int k = 0; k < flips; k++)
            {
                int at = random.Next(8, file.Length);
                file[at] ^= (byte)(1 << random.Next(8));
                if (i % 2 == 0)
                {
                    foreach ((int offset, int length) in Chunks(_files[i % _files.Length]).Where(c => at >= c.Offset + 4 && at < c.Offset + 8 + c.Length))
                    {
                        FixChecksum(file, offset);
                    }
                }
            }

            refused += Attempt(file) is null ? 0 : 1;
        }

        // Flips in texts and scales change no pixel; those that are left have to be seen. Both kinds must occur, or the test tests nothing.
        Assert.InRange(refused, 1000, 1990);
    }

    private static MicroscopeFileException? Attempt(byte[] file)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        MicroscopeFileException? thrown = null;
        try
        {
            foreach (Signal signal in PngReader.Read(file).Signals)
            {
                PixelBlock block = signal.Decode(0);
                Assert.Equal(signal.WidthPx * signal.HeightPx * PixelBlocks.BytesPerPixel(signal.Type), block.LittleEndianBytes.Length);
            }
        }
        catch (MicroscopeFileException e)
        {
            thrown = e;
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        long declared = file.Length < 24 ? 0 : (long)BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(16)) * BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(20));

        // Not more for pixels than the file can hold: a byte of deflate stands for at most 1032.
        long limit = (10L * file.Length) + (4 * Math.Min(declared, 1032L * file.Length)) + 1_000_000;
        Assert.True(allocated <= limit, $"{allocated} bytes were allocated for a file of {file.Length}; {limit} are allowed");
        return thrown;
    }

    private static IEnumerable<(int Offset, int Length)> Chunks(byte[] file)
    {
        for (int at = 8; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            yield return (at, length);
            at += 12 + length;
        }
    }

    private static void FixChecksum(byte[] file, int chunkOffset)
    {
        // The length may be the byte that was changed: then there is no telling where the checksum stands.
        long length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(chunkOffset));
        if (chunkOffset + 12 + length <= file.Length)
        {
            uint crc = Crc32.Of(file.AsSpan(chunkOffset + 4, (int)length + 4));
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(chunkOffset + 8 + (int)length), crc);
        }
    }

    private static byte[] Grey()
    {
        byte[] rows = [.. Enumerable.Range(0, 21).SelectMany(y => Enumerable.Range(-1, 34).Select(x => (byte)(x < 0 ? y % 5 : (x * y) + (x ^ y))))];
        byte[] packed = PngBytes.Packed(rows);
        int half = packed.Length / 2;
        return PngBytes.File(
            PngBytes.Header(33, 21, 8, 0),
            PngBytes.Text("sCAL", "\u00015e-11\05e-11"),
            PngBytes.Text("tEXt", "Title\0a title"),
            PngBytes.Chunk("pHYs", [.. PngBytes.BigEndian(2835), .. PngBytes.BigEndian(2835), 1]),
            PngBytes.Chunk("IDAT", packed[..half]),
            PngBytes.Chunk("IDAT", packed[half..]),
            PngBytes.End());
    }

    private static byte[] InterlacedColour()
    {
        // 19 × 13 px of 16-bit RGB in seven passes: widths and heights of the passes from the header's own rule do not matter here, only that
        // the rows are there; each row is 1 + 6·w bytes.
        (int W, int H)[] passes = [(3, 2), (2, 2), (5, 2), (5, 4), (10, 3), (9, 7), (19, 6)];
        byte[] rows = [.. passes.SelectMany((p, k) => Enumerable.Range(0, p.H).SelectMany(y => Enumerable.Range(-1, 1 + (6 * p.W)).Select(x => (byte)(x < 0 ? (y + k) % 5 : (x * 7) + y))))];
        return PngBytes.File(PngBytes.Header(19, 13, 16, 2, interlace: 1), PngBytes.Data(rows), PngBytes.End());
    }

    private static byte[] Palette()
    {
        byte[] rows = [.. Enumerable.Range(0, 16).SelectMany(y => Enumerable.Range(-1, 9).Select(x => (byte)(x < 0 ? 0 : (x * 16) | (y % 8))))];
        return PngBytes.File(
            PngBytes.Header(16, 16, 4, 3),
            PngBytes.Chunk("PLTE", [.. Enumerable.Range(0, 24).Select(i => (byte)(10 * i))]),
            PngBytes.Chunk("tRNS", 0, 255),
            PngBytes.Chunk("zTXt", [.. "Comment\0\0"u8, .. PngBytes.Packed("some text, packed"u8.ToArray())]),
            PngBytes.Chunk("iTXt", [.. "Author\0\u0001\0de\0Autor\0"u8, .. PngBytes.Packed("Å"u8.ToArray())]),
            PngBytes.Data(rows),
            PngBytes.End());
    }
}
