using System.IO.Compression;

namespace ImageAnalysis.Formats.Png;

/// <summary>
/// Reads the rows of an image one after another, in the order of the file; no more than two rows are in memory at once.
/// </summary>
internal sealed class PngRows : IDisposable
{
    // A byte of a deflate stream stands for at most 1032 bytes: 258 bytes in two bits (RFC 1951, section 3.2.5).
    private const long MaxExpansion = 1032;

    private readonly PngHeader _header;
    private readonly IReadOnlyList<PngPass> _passes;
    private readonly ZLibStream _inflated;
    private readonly long _dataOffset;
    private byte[] _row;
    private byte[] _above;
    private int _pass;
    private int _y = -1;

    /// <summary>Prepares to read; refuses an image that its compressed data cannot hold before anything is allocated.</summary>
    public PngRows(PngHeader header, ReadOnlyMemory<byte> file, IReadOnlyList<PngChunk> dataChunks)
    {
        _header = header;
        _passes = header.Passes();
        _dataOffset = dataChunks[0].Offset;
        long needed = 0;
        long longest = 0;
        foreach (PngPass pass in _passes)
        {
            long row = header.RowBytes(pass.WidthPx);
            longest = Math.Max(longest, row);
            needed += pass.HeightPx * (row + 1);
        }

        long packed = dataChunks.Sum(chunk => (long)chunk.Length);
        if (needed > packed * MaxExpansion)
        {
            throw Bad($"{header.WidthPx} × {header.HeightPx} px need {needed} bytes; the {packed} compressed bytes hold at most {packed * MaxExpansion}.");
        }

        if (longest + 1 > Array.MaxLength)
        {
            throw new MicroscopeFileException(FileProblem.NotSupported, PngReader.FormatName, _dataOffset, $"a row of {longest} bytes is longer than can be held.");
        }

        _row = new byte[longest + 1];
        _above = new byte[longest + 1];
        _inflated = new ZLibStream(new PngDataStream(file, dataChunks), CompressionMode.Decompress);
    }

    /// <summary>The pass of the present row.</summary>
    public PngPass Pass => _passes[_pass];

    /// <summary>The row of the image that the present row belongs to.</summary>
    public int Y => Pass.Y0 + (_y * Pass.StepY);

    /// <summary>The samples of the present row, packed as the file packs them.</summary>
    public ReadOnlySpan<byte> Row => _row.AsSpan(1, (int)_header.RowBytes(Pass.WidthPx));

    /// <summary>Goes to the next row.</summary>
    /// <returns>False after the last row.</returns>
    public bool Next()
    {
        _y++;
        if (_y == Pass.HeightPx)
        {
            if (_pass == _passes.Count - 1)
            {
                CheckEnd();
                return false;
            }

            _pass++;
            _y = 0;
        }

        (_row, _above) = (_above, _row);
        if (_y == 0)
        {
            Array.Clear(_above);
        }

        int length = 1 + (int)_header.RowBytes(Pass.WidthPx);
        Fill(_row.AsSpan(0, length));
        int filter = _row[0];
        if (filter >= PngFilter.Kinds)
        {
            throw Bad($"row {Y} has filter {filter}; expected 0…{PngFilter.Kinds - 1}.");
        }

        PngFilter.Undo(filter, _row.AsSpan(1, length - 1), _above.AsSpan(1), _header.FilterStep);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _inflated.Dispose();

    private void Fill(Span<byte> bytes)
    {
        int read;
        try
        {
            read = _inflated.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw Bad($"the compressed image data cannot be unpacked, or their checksum does not hold (row {Y}).", e);
        }

        if (read < bytes.Length)
        {
            throw Bad($"the image data end in row {Y}; the image has {_header.HeightPx} rows.");
        }
    }

    // Reading past the last row makes the decompressor compare the checksum of the whole; bytes beyond are passed over.
    private void CheckEnd()
    {
        try
        {
            _ = _inflated.ReadByte();
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw Bad("the compressed image data go wrong after the last row: their checksum does not hold.", e);
        }
    }

    private MicroscopeFileException Bad(string detail, Exception? inner = null) =>
        new(FileProblem.Corrupt, PngReader.FormatName, _dataOffset, detail, inner);
}
