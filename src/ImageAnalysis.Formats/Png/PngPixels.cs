namespace ImageAnalysis.Formats.Png;

/// <summary>Turns the rows of the file into pixels in the order of the screen.</summary>
internal static class PngPixels
{
    /// <summary>The sample with a given number in a packed row; of 16-bit samples the high byte comes first.</summary>
    public static int Sample(ReadOnlySpan<byte> row, int index, int bitDepth)
    {
        switch (bitDepth)
        {
            case 8:
                return row[index];
            case 16:
                return (row[2 * index] << 8) | row[(2 * index) + 1];
            default:
                // The leftmost sample stands in the high bits.
                int perByte = 8 / bitDepth;
                int shift = 8 - (bitDepth * ((index % perByte) + 1));
                return (row[index / perByte] >> shift) & ((1 << bitDepth) - 1);
        }
    }

    /// <summary>Decodes the image; a grey image stored in colours gives its red channel.</summary>
    public static PixelBlock Decode(PngContent content, ReadOnlyMemory<byte> file, PixelType type)
    {
        PngHeader header = content.Header;
        int channelsOut = type is PixelType.Rgb8 or PixelType.Rgb16 ? 3 : 1;
        int bytesPerSample = header.BitDepth == 16 ? 2 : 1;
        int bytesPerPixel = channelsOut * bytesPerSample;
        long size = (long)header.WidthPx * header.HeightPx * bytesPerPixel;
        if (size > Array.MaxLength)
        {
            throw new MicroscopeFileException(FileProblem.NotSupported, PngReader.FormatName, null, $"{header.WidthPx} × {header.HeightPx} px of {bytesPerPixel} bytes are more than can be held in one piece.");
        }

        using PngRows rows = new(header, file, content.DataChunks);
        byte[] pixels = new byte[size];
        ReadOnlySpan<byte> entries = content.Palette.Entries.Span;
        while (rows.Next())
        {
            ReadOnlySpan<byte> row = rows.Row;
            PngPass pass = rows.Pass;
            int stride = pass.StepX * bytesPerPixel;
            Span<byte> target = pixels.AsSpan(((rows.Y * header.WidthPx) + pass.X0) * bytesPerPixel);
            if (header.Colour == PngColour.Palette)
            {
                for (int i = 0; i < pass.WidthPx; i++)
                {
                    entries.Slice(3 * Sample(row, i, header.BitDepth), channelsOut).CopyTo(target[(i * stride)..]);
                }
            }
            else
            {
                CopySamples(row, header, pass.WidthPx, channelsOut, target, stride);
            }
        }

        return new PixelBlock(type, header.WidthPx, header.HeightPx, pixels);
    }

    private static void CopySamples(ReadOnlySpan<byte> row, PngHeader header, int widthPx, int channelsOut, Span<byte> target, int stride)
    {
        int channelsIn = header.Channels;
        if (header.BitDepth == 8 && channelsIn == 1 && stride == 1)
        {
            row[..widthPx].CopyTo(target);
            return;
        }

        for (int i = 0; i < widthPx; i++)
        {
            Span<byte> pixel = target[(i * stride)..];
            for (int c = 0; c < channelsOut; c++)
            {
                int sample = Sample(row, (i * channelsIn) + c, header.BitDepth);
                if (header.BitDepth == 16)
                {
                    pixel[2 * c] = (byte)sample;
                    pixel[(2 * c) + 1] = (byte)(sample >> 8);
                }
                else
                {
                    pixel[c] = (byte)sample;
                }
            }
        }
    }
}
