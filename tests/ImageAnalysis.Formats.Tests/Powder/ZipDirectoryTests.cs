using System.IO.Compression;
using System.Text;
using ImageAnalysis.Formats;
using ImageAnalysis.Formats.Zip;

namespace ImageAnalysis.Tests;

public sealed class ZipDirectoryTests
{
    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.SmallestSize)]
    public void Unpack_StoredAndPacked_GivesTheContent(CompressionLevel level)
    {
        string content = string.Concat(Enumerable.Repeat("10.02 17 1\n", 5000));
        ZipDirectory archive = ZipDirectory.Decode(PatternFiles.Zip(level, ("folder/", ""), ("a/b.txt", "b"), ("c.txt", content)), "test");

        Assert.Equal(["a/b.txt", "c.txt"], archive.Entries.Select(entry => entry.Name));
        Assert.Equal(content, Encoding.UTF8.GetString(archive.Unpack(archive.Find(name => name == "c.txt")!).Span));
        Assert.Null(archive.Find(name => name == "d.txt"));
    }

    [Fact]
    public void Decode_ArchiveWithComment_IsRead()
    {
        byte[] archive = [.. PatternFiles.Zip(("a", "b")), .. "hi"u8];
        archive[^4] = 2; // the length of the comment

        Assert.Single(ZipDirectory.Decode(archive, "test").Entries);
    }

    [Fact]
    public void Unpack_BombOfZeros_StopsAtTheStatedSize()
    {
        // 50 MB of zeros packed into 50 kB; the directory says 1000 bytes.
        byte[] archive = PatternFiles.Zip(("a", new string('0', 50_000_000)));
        int directory = Find(archive, "PK\x1\x2"u8);
        BitConverter.GetBytes(1000).CopyTo(archive, directory + 24);
        ZipDirectory read = ZipDirectory.Decode(archive, "test");

        long before = GC.GetAllocatedBytesForCurrentThread();
        MicroscopeFileException thrown = Assert.Throws<MicroscopeFileException>(() => read.Unpack(read.Entries[0]));

        Assert.Contains("has 1001 bytes unpacked; the central directory says 1000", thrown.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Unpack_ClaimOfManyBytes_AllocatesWhatComesOut()
    {
        byte[] archive = PatternFiles.Zip(("a", "short"));
        int directory = Find(archive, "PK\x1\x2"u8);
        BitConverter.GetBytes(60_000_000).CopyTo(archive, directory + 24);
        ZipDirectory read = ZipDirectory.Decode(archive, "test");

        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<MicroscopeFileException>(() => read.Unpack(read.Entries[0]));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Theory]
    [InlineData(24, 100_000_000, FileProblem.NotSupported, "at most 67108864 are read")]
    [InlineData(16, 12345, FileProblem.Corrupt, "expected 0x00003039")]
    [InlineData(10, 12, FileProblem.NotSupported, "packed with method 12")]
    [InlineData(8, 1, FileProblem.NotSupported, "the content is encrypted")]
    [InlineData(42, 5, FileProblem.Corrupt, "no local header stands where")]
    [InlineData(42, int.MaxValue, FileProblem.Truncated, "a local header should stand at byte")]
    [InlineData(20, int.MaxValue, FileProblem.Truncated, "the packed content takes")]
    public void Unpack_BadDirectory_IsRefused(int offset, int value, FileProblem problem, string message)
    {
        byte[] archive = PatternFiles.Zip(("a", "short"));
        int directory = Find(archive, "PK\x1\x2"u8);
        BitConverter.GetBytes(value).AsSpan(0, offset is 8 or 10 ? 2 : 4).CopyTo(archive.AsSpan(directory + offset));
        ZipDirectory read = ZipDirectory.Decode(archive, "test");
        MicroscopeFileException thrown = Assert.Throws<MicroscopeFileException>(() => read.Unpack(read.Entries[0]));

        Assert.Equal(problem, thrown.Problem);
        Assert.Contains(message, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_CutArchive_IsTruncated()
    {
        byte[] archive = PatternFiles.Zip(("Data0/Profile0.txt", "10 5 1"));

        Assert.Equal(FileProblem.Truncated, Assert.Throws<MicroscopeFileException>(() => ZipDirectory.Decode(archive.AsMemory(0, archive.Length - 5), "test")).Problem);
        // The name in the local header still tells what it was.
        Assert.Equal("Rigaku RASX", Assert.Throws<MicroscopeFileException>(() => FileReader.Read(archive.AsMemory(0, 60), "a.rasx")).Format);
    }

    [Fact]
    public void Recognise_OtherArchives_AreNotTakenForPatterns() =>
        Assert.Contains("a ZIP archive or an Office document", Assert.Throws<MicroscopeFileException>(() => FileReader.Read(PatternFiles.Zip(("word/document.xml", "<a/>")), "a.rasx")).Message, StringComparison.Ordinal);

    private static int Find(byte[] bytes, ReadOnlySpan<byte> what) => bytes.AsSpan().IndexOf(what);
}
