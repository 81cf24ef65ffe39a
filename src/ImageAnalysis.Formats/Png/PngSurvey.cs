namespace ImageAnalysis.Formats.Png;

/// <summary>How many pixels have a colour, and how many cannot be seen. It takes a walk over the rows of a file with colours or transparency.</summary>
/// <param name="ColouredFraction">Share of pixels whose red, green and blue differ, 0…1.</param>
/// <param name="HiddenFraction">Share of pixels that are fully transparent, 0…1.</param>
internal sealed record PngSurvey(double ColouredFraction, double HiddenFraction)
{
    /// <summary>An image is grey when at most this share of its pixels has a colour (a burned-in mark, say).</summary>
    public const double Tolerance = 0.01;

    /// <summary>True when the image is one of grey levels.</summary>
    public bool IsGrey => ColouredFraction <= Tolerance;

    /// <summary>Walks over the image, row by row, without keeping it.</summary>
    public static PngSurvey Of(PngContent content, ReadOnlyMemory<byte> file)
    {
        PngHeader header = content.Header;
        if (header.Colour == PngColour.Grey && content.Palette.Transparent.IsEmpty)
        {
            return new PngSurvey(0, 0);
        }

        using PngRows rows = new(header, file, content.DataChunks);
        (long coloured, long hidden) = header.Colour == PngColour.Palette
            ? OfPalette(content, rows)
            : OfSamples(header, content.Palette.Transparent.Span, rows);
        double all = (double)header.WidthPx * header.HeightPx;
        return new PngSurvey(coloured / all, hidden / all);
    }

    private static (long Coloured, long Hidden) OfPalette(PngContent content, PngRows rows)
    {
        PngPalette palette = content.Palette;
        long[] uses = new long[256];
        while (rows.Next())
        {
            ReadOnlySpan<byte> row = rows.Row;
            for (int i = 0; i < rows.Pass.WidthPx; i++)
            {
                uses[PngPixels.Sample(row, i, content.Header.BitDepth)]++;
            }
        }

        long coloured = 0;
        long hidden = 0;
        for (int i = 0; i < uses.Length; i++)
        {
            if (uses[i] == 0)
            {
                continue;
            }

            if (i >= palette.Count)
            {
                throw new MicroscopeFileException(FileProblem.Corrupt, PngReader.FormatName, content.DataChunks[0].Offset, $"a pixel names colour {i}; the palette has {palette.Count}.");
            }

            ReadOnlySpan<byte> entry = palette.Entries.Span.Slice(3 * i, 3);
            coloured += entry[0] != entry[1] || entry[1] != entry[2] ? uses[i] : 0;
            hidden += i < palette.Alpha.Length && palette.Alpha.Span[i] == 0 ? uses[i] : 0;
        }

        return (coloured, hidden);
    }

    private static (long Coloured, long Hidden) OfSamples(PngHeader header, ReadOnlySpan<byte> transparent, PngRows rows)
    {
        int channels = header.Channels;
        bool hasColour = channels >= 3;
        bool hasAlpha = channels is 2 or 4;
        Span<int> key = stackalloc int[4];
        Span<int> pixel = stackalloc int[4];
        for (int c = 0; c < transparent.Length / 2; c++)
        {
            key[c] = (transparent[2 * c] << 8) | transparent[(2 * c) + 1];
        }

        long coloured = 0;
        long hidden = 0;
        while (rows.Next())
        {
            ReadOnlySpan<byte> row = rows.Row;
            for (int i = 0; i < rows.Pass.WidthPx; i++)
            {
                for (int c = 0; c < channels; c++)
                {
                    pixel[c] = PngPixels.Sample(row, (i * channels) + c, header.BitDepth);
                }

                coloured += hasColour && (pixel[0] != pixel[1] || pixel[1] != pixel[2]) ? 1 : 0;
                bool isHidden = hasAlpha ? pixel[channels - 1] == 0 : !transparent.IsEmpty && pixel[..channels].SequenceEqual(key[..channels]);
                hidden += isHidden ? 1 : 0;
            }
        }

        return (coloured, hidden);
    }
}
