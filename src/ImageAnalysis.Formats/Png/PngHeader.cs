using System.Buffers.Binary;

namespace ImageAnalysis.Formats.Png;

/// <summary>How the samples of a pixel are to be understood; the numbers are those of the file.</summary>
internal enum PngColour : byte
{
    Grey = 0,
    Rgb = 2,
    Palette = 3,
    GreyAlpha = 4,
    Rgba = 6,
}

/// <summary>The image header IHDR: PNG (third edition), section 11.2.1.</summary>
/// <param name="WidthPx">Width in px.</param>
/// <param name="HeightPx">Height in px.</param>
/// <param name="BitDepth">Bits of a sample: 1, 2, 4, 8 or 16.</param>
/// <param name="Colour">Meaning of the samples.</param>
/// <param name="Interlaced">True when the pixels stand in the seven passes of Adam7.</param>
internal sealed record PngHeader(int WidthPx, int HeightPx, int BitDepth, PngColour Colour, bool Interlaced)
{
    /// <summary>More pixels than any camera or scan has; a file that asks for more is refused before anything is allocated.</summary>
    public const long MaxPixelCount = 1L << 29;

    private const int Size = 13;

    /// <summary>Samples of a pixel.</summary>
    public int Channels => Colour switch
    {
        PngColour.GreyAlpha => 2,
        PngColour.Rgb => 3,
        PngColour.Rgba => 4,
        _ => 1,
    };

    /// <summary>Bits of a pixel: 1 to 64.</summary>
    public int BitsPerPixel => Channels * BitDepth;

    /// <summary>Distance in bytes to the sample that filters predict from: a pixel, or a byte where pixels are smaller.</summary>
    public int FilterStep => Math.Max(1, BitsPerPixel / 8);

    /// <summary>Bytes of a row of a given number of pixels, without the byte that names the filter.</summary>
    public long RowBytes(int widthPx) => (((long)widthPx * BitsPerPixel) + 7) / 8;

    /// <summary>The passes in which the rows stand; one for an image that is not interlaced. Passes without pixels are left out.</summary>
    public IReadOnlyList<PngPass> Passes()
    {
        if (!Interlaced)
        {
            return [new PngPass(0, 0, 1, 1, WidthPx, HeightPx)];
        }

        List<PngPass> passes = new(7);
        foreach ((int x0, int y0, int dx, int dy) in _adam7)
        {
            int width = x0 < WidthPx ? ((WidthPx - x0 - 1) / dx) + 1 : 0;
            int height = y0 < HeightPx ? ((HeightPx - y0 - 1) / dy) + 1 : 0;
            if (width > 0 && height > 0)
            {
                passes.Add(new PngPass(x0, y0, dx, dy, width, height));
            }
        }

        return passes;
    }

    /// <summary>Reads the header and checks every field against the specification.</summary>
    public static PngHeader Decode(ReadOnlySpan<byte> file, PngChunk chunk)
    {
        if (chunk.Type != "IHDR")
        {
            throw Bad(chunk.Offset, $"the first chunk is {chunk.Type}; expected IHDR.");
        }

        if (chunk.Length != Size)
        {
            throw Bad(chunk.Offset, $"IHDR has {chunk.Length} bytes; expected {Size}.");
        }

        ReadOnlySpan<byte> data = chunk.Data(file);
        uint width = BinaryPrimitives.ReadUInt32BigEndian(data);
        uint height = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        if (width is 0 or > int.MaxValue)
        {
            throw Bad(chunk.DataOffset, $"the width is {width}; expected 1…{int.MaxValue}.");
        }

        if (height is 0 or > int.MaxValue)
        {
            throw Bad(chunk.DataOffset + 4, $"the height is {height}; expected 1…{int.MaxValue}.");
        }

        int depth = data[8];
        PngColour colour = (PngColour)data[9];
        bool allowed = colour switch
        {
            PngColour.Grey => depth is 1 or 2 or 4 or 8 or 16,
            PngColour.Palette => depth is 1 or 2 or 4 or 8,
            PngColour.Rgb or PngColour.GreyAlpha or PngColour.Rgba => depth is 8 or 16,
            _ => false,
        };
        if (!allowed)
        {
            throw Bad(chunk.DataOffset + 8, $"colour type {data[9]} with {depth} bits a sample is not one that the specification allows.");
        }

        if (data[10] != 0 || data[11] != 0 || data[12] > 1)
        {
            throw Bad(chunk.DataOffset + 10, $"compression {data[10]}, filter {data[11]}, interlace {data[12]}; expected 0, 0 and 0 or 1.");
        }

        if ((long)width * height > MaxPixelCount)
        {
            throw new MicroscopeFileException(FileProblem.NotSupported, PngReader.FormatName, chunk.DataOffset, $"{width} × {height} px; images up to {MaxPixelCount} px are read.");
        }

        return new PngHeader((int)width, (int)height, depth, colour, data[12] == 1);
    }

    private static MicroscopeFileException Bad(long offset, string detail) => new(FileProblem.Corrupt, PngReader.FormatName, offset, detail);

    // First column, first row, step to the right, step down of the seven passes: PNG (third edition), section 8.1.
    private static readonly (int X0, int Y0, int Dx, int Dy)[] _adam7 =
    [
        (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2),
    ];
}

/// <summary>One pass over the image: which of its pixels stand in it.</summary>
/// <param name="X0">Column of its first pixel.</param>
/// <param name="Y0">Row of its first pixel.</param>
/// <param name="StepX">Distance to the next pixel to the right.</param>
/// <param name="StepY">Distance to the next row.</param>
/// <param name="WidthPx">Pixels in a row of the pass.</param>
/// <param name="HeightPx">Rows of the pass.</param>
internal sealed record PngPass(int X0, int Y0, int StepX, int StepY, int WidthPx, int HeightPx);
