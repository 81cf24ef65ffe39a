using System.Buffers.Binary;

namespace ImageAnalysis.Formats.Tiff;

/// <summary>A colour map: three times 2^bits values of 16 bits, all reds, then all greens, then all blues (TIFF 6.0 section 5).</summary>
/// <param name="Rgb8">Red, green and blue of each index, 8 bits each.</param>
internal sealed record TiffPalette(byte[] Rgb8)
{
    // A grey ramp in which a few indices are set apart for burned-in annotations is still a grey ramp.
    private const double RampFraction = 0.75;

    /// <summary>
    /// The palette of a page, or <c>null</c> where the indices are the intensities themselves: the palette is the grey ramp, or the file is ImageJ's,
    /// whose palettes are a matter of display.
    /// </summary>
    /// <exception cref="MicroscopeFileException">The palette is missing or too short.</exception>
    public static TiffPalette? Decode(TiffPage page)
    {
        TiffEntry map = page.Directory.Required(TiffTag.ColorMap);
        int size = 1 << page.Bits;
        if (map.Available < 3 * size)
        {
            throw map.Problem(FileProblem.Corrupt, $"has {map.Available} values; {page.Bits}-bit indices need {3 * size}.");
        }

        if (page.Directory.Text(TiffTag.ImageDescription)?.StartsWith(ImageJDescription.FirstKey, StringComparison.Ordinal) == true)
        {
            return null;
        }

        // Values have 16 bits; some writers store 8-bit ones, either as they are or without repeating them in the low byte.
        ulong largest = 0;
        for (int i = 0; i < 3 * size; i++)
        {
            largest = Math.Max(largest, map.WholeAt(i));
        }

        int down = largest > 255 ? 8 : 0;
        byte[] rgb = new byte[3 * size];
        int ramp = 0;
        for (int i = 0; i < size; i++)
        {
            bool onRamp = true;
            for (int channel = 0; channel < 3; channel++)
            {
                byte value = (byte)(map.WholeAt((channel * size) + i) >> down);
                rgb[(3 * i) + channel] = value;
                onRamp &= value == i * 255 / (size - 1);
            }

            ramp += onRamp ? 1 : 0;
        }

        return ramp >= RampFraction * size ? null : new TiffPalette(rgb);
    }

    /// <summary>Number of pixels whose colour is no grey.</summary>
    public long ColouredPixelCount(PixelBlock indices)
    {
        ReadOnlySpan<byte> from = indices.LittleEndianBytes.Span;
        int size = PixelBlocks.BytesPerPixel(indices.Type);
        long coloured = 0;
        for (int at = 0; at < from.Length; at += size)
        {
            int entry = 3 * Index(from, at, size);
            coloured += Rgb8[entry] == Rgb8[entry + 1] && Rgb8[entry] == Rgb8[entry + 2] ? 0 : 1;
        }

        return coloured;
    }

    /// <summary>Replaces indices by their colours, or by the first channel of these.</summary>
    public PixelBlock Apply(PixelBlock indices, bool grey)
    {
        ReadOnlySpan<byte> from = indices.LittleEndianBytes.Span;
        int size = PixelBlocks.BytesPerPixel(indices.Type);
        int channels = grey ? 1 : 3;
        byte[] colours = new byte[indices.WidthPx * indices.HeightPx * channels];
        for (int at = 0, to = 0; to < colours.Length; at += size, to += channels)
        {
            Rgb8.AsSpan(3 * Index(from, at, size), channels).CopyTo(colours.AsSpan(to));
        }

        return new PixelBlock(grey ? PixelType.UInt8 : PixelType.Rgb8, indices.WidthPx, indices.HeightPx, colours);
    }

    private static int Index(ReadOnlySpan<byte> indices, int at, int size) =>
        size == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(indices[at..]) : indices[at];
}
