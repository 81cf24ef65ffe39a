namespace ImageAnalysis.Formats;

/// <summary>Names what people put beside microscope files by mistake, so that a refusal says what the file is.</summary>
internal static class CommonContent
{
    private static readonly (byte[] Start, string Words)[] _starts =
    [
        ("%PDF"u8.ToArray(), "a PDF document"),
        ("PK\x3\x4"u8.ToArray(), "a ZIP archive or an Office document; unpack it first"),
        ("GIF8"u8.ToArray(), "a GIF picture; save it as TIFF"),
        ("BM"u8.ToArray(), "a BMP picture; save it as TIFF"),
        ("8BPS"u8.ToArray(), "a Photoshop picture; save it as TIFF"),
        ("RIFF"u8.ToArray(), "a RIFF file (WebP, AVI or WAV)"),
        ("ZISRAWFILE"u8.ToArray(), "a Zeiss CZI file; export it as TIFF"),
        ("Rar!"u8.ToArray(), "a RAR archive; unpack it first"),
        ("{\\rtf"u8.ToArray(), "a rich text document"),
        ("SQLite format 3\0"u8.ToArray(), "an SQLite database"),
        ([0x1F, 0x8B], "a gzip archive; unpack it first"),
        ([0x37, 0x7A, 0xBC, 0xAF], "a 7-Zip archive; unpack it first"),
        ([0xD0, 0xCF, 0x11, 0xE0], "an old Office document or thumbnail cache"),
        ([0x00, 0x05, 0x16, 0x07], "a macOS sidecar (._ file)"),
        ([0x00, 0x00, 0x00, 0x01, 0x42, 0x75, 0x64, 0x31], "a macOS folder view (.DS_Store)"),
        ([0x00, 0x00, 0x00, 0x0C, 0x6A, 0x50], "a JPEG 2000 picture; save it as TIFF"),
    ];

    /// <summary>Says what the content looks like.</summary>
    /// <param name="start">The first bytes of a file; at least one.</param>
    /// <returns>Words to append, beginning with a comma, or an empty string where nothing is known.</returns>
    public static string Describe(ReadOnlySpan<byte> start)
    {
        foreach ((byte[] signature, string words) in _starts)
        {
            if (start.StartsWith(signature))
            {
                return ", " + words;
            }
        }

        if (!start.ContainsAnyExcept((byte)0))
        {
            return ", nothing but zeros: a copy or a transfer that was cut short";
        }

        return TextSniffing.TryDecode(start, out string? text) ? ", " + DescribeText(text) : string.Empty;
    }

    private static string DescribeText(string text)
    {
        string trimmed = text.TrimStart();
        if (trimmed.StartsWith("<!DOCTYPE html", StringComparison.OrdinalIgnoreCase) || trimmed.StartsWith("<html", StringComparison.OrdinalIgnoreCase))
        {
            return "a web page";
        }

        if (trimmed.StartsWith('<'))
        {
            return "an XML document";
        }

        if (trimmed.StartsWith('{') || trimmed.StartsWith('['))
        {
            return "a JSON document";
        }

        bool isCif = trimmed.StartsWith("data_", StringComparison.Ordinal)
            || (trimmed.StartsWith('#') && text.Contains("\ndata_", StringComparison.Ordinal));
        return isCif ? "a crystal structure (CIF), not a measurement" : "a text";
    }
}
