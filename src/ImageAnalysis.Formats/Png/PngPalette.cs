namespace ImageAnalysis.Formats.Png;

/// <summary>The colours that pixels of a palette image name, and what is transparent: chunks PLTE and tRNS.</summary>
/// <param name="Entries">Red, green and blue of each colour; empty without a palette.</param>
/// <param name="Alpha">Opacity of the first colours; empty without transparency.</param>
/// <param name="Transparent">For images without a palette, the samples (as the file packs them, two bytes each) of the one transparent colour.</param>
internal sealed record PngPalette(ReadOnlyMemory<byte> Entries, ReadOnlyMemory<byte> Alpha, ReadOnlyMemory<byte> Transparent)
{
    /// <summary>Neither colours nor transparency.</summary>
    public static PngPalette None { get; } = new(default, default, default);

    /// <summary>Number of colours.</summary>
    public int Count => Entries.Length / 3;

    /// <summary>Adds the colours of a PLTE chunk.</summary>
    public PngPalette WithEntries(ReadOnlyMemory<byte> file, PngChunk chunk)
    {
        if (chunk.Length % 3 != 0 || chunk.Length is 0 or > 768)
        {
            throw new MicroscopeFileException(FileProblem.Corrupt, PngReader.FormatName, chunk.Offset, $"the palette has {chunk.Length} bytes; expected 3 for each of 1…256 colours.");
        }

        return this with { Entries = file.Slice(chunk.DataOffset, chunk.Length) };
    }

    /// <summary>Adds what a tRNS chunk says; one of a wrong length is passed over, since it concerns display alone.</summary>
    public PngPalette WithTransparency(ReadOnlyMemory<byte> file, PngChunk chunk, PngHeader header)
    {
        ReadOnlyMemory<byte> data = file.Slice(chunk.DataOffset, chunk.Length);
        return header.Colour switch
        {
            PngColour.Palette when data.Length <= 256 => this with { Alpha = data },
            PngColour.Grey when data.Length == 2 => this with { Transparent = data },
            PngColour.Rgb when data.Length == 6 => this with { Transparent = data },
            _ => this,
        };
    }
}
