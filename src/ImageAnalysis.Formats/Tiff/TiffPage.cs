using System.Globalization;

namespace ImageAnalysis.Formats.Tiff;

/// <summary>How the samples of a pixel are to be understood.</summary>
internal enum TiffColour
{
    /// <summary>One sample a pixel, larger = brighter.</summary>
    Grey,

    /// <summary>One sample a pixel, larger = darker.</summary>
    InvertedGrey,

    /// <summary>Three samples a pixel.</summary>
    Rgb,

    /// <summary>One sample a pixel, an index into the colour map.</summary>
    Palette,
}

/// <summary>The image of one directory: its size, its samples, and where and how they are stored. TIFF 6.0, sections 3-8, 14, 15, 19.</summary>
internal sealed record TiffPage
{
    private const int LargestSide = 1 << 24;

    public required TiffDirectory Directory { get; init; }

    public required TiffHeader Header { get; init; }

    /// <summary>Width as stored, before the orientation tag.</summary>
    public required int Width { get; init; }

    /// <summary>Height as stored, before the orientation tag.</summary>
    public required int Height { get; init; }

    public required int Bits { get; init; }

    public required int SamplesPerPixel { get; init; }

    /// <summary>Whether each sample has strips or tiles of its own (PlanarConfiguration 2).</summary>
    public required bool Planar { get; init; }

    public required TiffColour Colour { get; init; }

    public required int Compression { get; init; }

    public required int Predictor { get; init; }

    public required int Orientation { get; init; }

    public required bool ReversedBits { get; init; }

    public required bool Tiled { get; init; }

    /// <summary>Whether the colours were looked at and are greys: one channel stands for all.</summary>
    public bool ColoursAreGrey { get; init; }

    /// <summary>Width of a tile; of a strip the image's width.</summary>
    public required int SegmentWidth { get; init; }

    /// <summary>Rows of a tile or strip; the last strip may have fewer.</summary>
    public required int SegmentHeight { get; init; }

    /// <summary>Number type of one sample as it is handed out.</summary>
    public required PixelType SampleType { get; init; }

    /// <summary>Whether another image stands for this one: a thumbnail, a reduced copy or a mask.</summary>
    public required bool Secondary { get; init; }

    /// <summary>What this reader does not do, by name, or <c>null</c>.</summary>
    public string? NotSupported { get; init; }

    public int SegmentsAcross => (Width + SegmentWidth - 1) / SegmentWidth;

    public int SegmentsDown => (Height + SegmentHeight - 1) / SegmentHeight;

    public int SegmentsPerPlane => SegmentsAcross * SegmentsDown;

    /// <summary>Samples of a pixel that lie side by side in a segment.</summary>
    public int SamplesInSegment => Planar ? 1 : SamplesPerPixel;

    /// <summary>Samples of a pixel that are handed out; others (alpha, extra samples) are left out.</summary>
    public int SamplesKept => Colour == TiffColour.Rgb && !ColoursAreGrey ? 3 : 1;

    public long SegmentRowBytes => (((long)SegmentWidth * SamplesInSegment * Bits) + 7) / 8;

    /// <summary>Bytes of the image as it is put together (a palette's colours come after that).</summary>
    public long DecodedBytes => (long)Width * Height * SamplesKept * PixelBlocks.BytesPerPixel(SampleType);

    public bool TurnsSides => Orientation >= 5;

    /// <summary>Where the strips or tiles lie.</summary>
    public TiffEntry Offsets => SegmentOffsets ?? Directory.Required(Tiled ? TiffTag.TileOffsets : TiffTag.StripOffsets);

    /// <summary>How long the strips or tiles are; uncompressed ones need it not.</summary>
    public TiffEntry? Counts { get; private init; }

    private TiffEntry? SegmentOffsets { get; init; }

    public string SegmentName(int index) => string.Create(CultureInfo.InvariantCulture, $"{(Tiled ? "tile" : "strip")} {index}");

    public static TiffPage Decode(TiffHeader header, TiffDirectory directory)
    {
        int width = Side(directory, TiffTag.ImageWidth);
        int height = Side(directory, TiffTag.ImageLength);
        int samples = Limited(directory, TiffTag.SamplesPerPixel, 1, 1, ushort.MaxValue);
        (int bits, int format, string? mixed) = Samples(directory, samples);
        int compression = Limited(directory, TiffTag.Compression, 1, 0, ushort.MaxValue);
        int photometric = Limited(directory, TiffTag.PhotometricInterpretation, 1, 0, ushort.MaxValue);
        int predictor = Limited(directory, TiffTag.Predictor, 1, 0, ushort.MaxValue);
        bool planar = Limited(directory, TiffTag.PlanarConfiguration, 1, 1, 2) == 2 && samples > 1;
        bool tiled = directory.Find(TiffTag.TileOffsets) is not null && directory.Find(TiffTag.TileWidth) is not null;
        TiffColour colour = photometric switch
        {
            0 => TiffColour.InvertedGrey,
            2 when samples >= 3 => TiffColour.Rgb,
            3 => TiffColour.Palette,
            _ => TiffColour.Grey,
        };
        ulong rows = Math.Max(1, directory.Whole(TiffTag.RowsPerStrip, uint.MaxValue));
        bool compressed = compression != 1;
        return new TiffPage
        {
            Directory = directory,
            Header = header,
            Width = width,
            Height = height,
            Bits = bits,
            SamplesPerPixel = samples,
            Planar = planar,
            Colour = colour,
            Compression = compression,
            // As in libtiff, a predictor belongs to LZW and Deflate; elsewhere the tag says nothing about the bytes.
            Predictor = compression is 5 or 8 or 32946 ? predictor : 1,
            Orientation = directory.Whole(TiffTag.Orientation, 1) is var turn and >= 1 and <= 8 ? (int)turn : 1,
            ReversedBits = directory.Whole(TiffTag.FillOrder, 1) == 2,
            Tiled = tiled,
            SegmentOffsets = directory.Find(tiled ? TiffTag.TileOffsets : TiffTag.StripOffsets),
            Counts = directory.Find(tiled ? TiffTag.TileByteCounts : TiffTag.StripByteCounts),
            SegmentWidth = tiled ? Side(directory, TiffTag.TileWidth) : width,
            SegmentHeight = tiled ? Side(directory, TiffTag.TileLength) : (int)Math.Min(rows, (ulong)height),
            SampleType = TypeOf(bits, format) ?? PixelType.UInt8,
            Secondary = (directory.Whole(TiffTag.NewSubfileType, 0) & 5) != 0 || directory.Whole(TiffTag.SubfileType, 1) == 2 || photometric == 4,
            NotSupported = CompressionRefused(compression)
                ?? PhotometricRefused(photometric, samples)
                ?? mixed
                ?? FormatRefused(bits, format)
                ?? ColourRefused(colour, bits, format)
                ?? (compressed ? PredictorRefused(predictor, bits, format, compression) : null),
        };
    }

    private static (int Bits, int Format, string? Mixed) Samples(TiffDirectory directory, int samples)
    {
        TiffEntry? bitsTag = directory.Find(TiffTag.BitsPerSample);
        TiffEntry? formatTag = directory.Find(TiffTag.SampleFormat);
        int bits = bitsTag is { Count: > 0 } b ? (int)Math.Min(b.WholeAt(0), 1000) : 1;
        int format = formatTag is { Count: > 0 } f ? (int)Math.Min(f.WholeAt(0), 1000) : 1;
        for (int i = 1; i < samples && i < bitsTag?.Available; i++)
        {
            if (bitsTag.Value.WholeAt(i) != (ulong)bits)
            {
                return (bits, format, "samples of different bit depths in one pixel");
            }
        }

        return (bits, format, null);
    }

    private static int Side(TiffDirectory directory, ushort tag)
    {
        TiffEntry entry = directory.Required(tag);
        ulong side = entry.WholeAt(0);
        return side is >= 1 and <= LargestSide
            ? (int)side
            : throw entry.Problem(FileProblem.Corrupt, $"is {side}; expected 1…{LargestSide}.");
    }

    private static int Limited(TiffDirectory directory, ushort tag, int missing, int min, int max)
    {
        ulong value = directory.Whole(tag, (ulong)missing);
        return value >= (ulong)min && value <= (ulong)max
            ? (int)value
            : throw directory.Required(tag).Problem(FileProblem.Corrupt, $"is {value}; expected {min}…{max}.");
    }

    // SampleFormat: 1 unsigned, 2 signed, 3 floating point, 4 not said; some writers store 0 for "not said".
    private static PixelType? TypeOf(int bits, int format) => (bits, format) switch
    {
        (1, 0 or 1 or 4) => PixelType.Bool,
        ( >= 2 and <= 8, 0 or 1 or 4) => PixelType.UInt8,
        ( >= 9 and <= 16, 0 or 1 or 4) => PixelType.UInt16,
        (32, 0 or 1 or 4) => PixelType.UInt32,
        (8, 2) => PixelType.Int8,
        (16, 2) => PixelType.Int16,
        (32, 2) => PixelType.Int32,
        (16, 3) => PixelType.Float16,
        (32, 3) => PixelType.Float32,
        (64, 3) => PixelType.Float64,
        _ => null,
    };

    private static string? FormatRefused(int bits, int format) => format switch
    {
        5 or 6 => $"complex samples (SampleFormat {format})",
        > 6 => $"SampleFormat {format}",
        _ => TypeOf(bits, format) is null ? $"{bits}-bit {(format == 3 ? "floating-point" : format == 2 ? "signed" : "unsigned")} samples" : null,
    };

    private static string? ColourRefused(TiffColour colour, int bits, int format) => colour switch
    {
        TiffColour.Rgb when bits is not (8 or 16) || format is 2 or 3 => $"RGB of {bits}-bit {(format == 3 ? "floating-point" : "")} samples".Replace("  ", " ", StringComparison.Ordinal),
        TiffColour.Palette when bits > 16 || format is 2 or 3 => $"a palette with {bits}-bit samples",
        _ => null,
    };

    private static string? CompressionRefused(int compression) => compression switch
    {
        1 or 5 or 8 or 32773 or 32946 => null,
        2 or 3 or 4 or 32771 => $"CCITT fax compression ({compression})",
        6 => "JPEG compression, old style (6)",
        7 => "JPEG compression (7)",
        9 or 10 => $"JBIG compression ({compression})",
        33003 or 33004 or 33005 or 34712 => $"JPEG 2000 compression ({compression})",
        34887 => "LERC compression (34887)",
        34892 => "lossy JPEG compression (34892)",
        34925 => "LZMA compression (34925)",
        34926 or 50000 => $"Zstandard compression ({compression})",
        34927 or 50001 => $"WebP compression ({compression})",
        34933 => "PNG compression (34933)",
        34934 => "JPEG XR compression (34934)",
        50002 or 52546 => $"JPEG XL compression ({compression})",
        _ => $"compression {compression}",
    };

    private static string? PhotometricRefused(int photometric, int samples) => photometric switch
    {
        0 or 1 or 3 => null,
        2 => samples >= 3 ? null : $"RGB with {samples} samples a pixel",
        4 => "transparency masks",
        5 => "CMYK colours",
        6 => "YCbCr colours",
        8 or 9 or 10 => $"CIE L*a*b* colours ({photometric})",
        32803 => "raw colour-filter-array pixels",
        32844 or 32845 => $"LogLuv colours ({photometric})",
        _ => $"PhotometricInterpretation {photometric}",
    };

    private static string? PredictorRefused(int predictor, int bits, int format, int compression)
    {
        if (compression == 32773)
        {
            return null;
        }

        return predictor switch
        {
            0 or 1 => null,
            2 => bits is 8 or 16 or 32 or 64 ? null : $"horizontal prediction of {bits}-bit samples",
            3 => format == 3 ? null : "floating-point prediction of whole numbers",
            _ => $"predictor {predictor}",
        };
    }
}
