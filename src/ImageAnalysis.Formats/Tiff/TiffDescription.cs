namespace ImageAnalysis.Formats.Tiff;

/// <summary>The image description (tag 270), read in the ways of the programs that leave structured text in it.</summary>
/// <param name="Text">The text, or <c>null</c> where there is none.</param>
/// <param name="ImageJ">The text as ImageJ's, or <c>null</c>.</param>
/// <param name="Ome">The text as OME-XML, or <c>null</c>.</param>
/// <param name="Jeol">The text as JEOL's XML, or <c>null</c>.</param>
/// <param name="Simulated">Whether the text says that the image was computed.</param>
internal sealed record TiffDescription(string? Text, ImageJDescription? ImageJ, OmeXml? Ome, JeolReport? Jeol, bool Simulated)
{
    public static TiffDescription Decode(string? text) =>
        new(text, ImageJDescription.Decode(text), OmeXml.Decode(text), JeolReport.Decode(text), SaysSimulated(text));

    /// <summary>Whether a text says that the image was computed; <c>simulated=false</c> says the contrary.</summary>
    public static bool SaysSimulated(string? text)
    {
        for (int at = text?.IndexOf("simulated", StringComparison.OrdinalIgnoreCase) ?? -1; at >= 0; at = text!.IndexOf("simulated", at + 1, StringComparison.OrdinalIgnoreCase))
        {
            if (!text!.AsSpan(at + "simulated".Length).TrimStart(" \t\"':=").StartsWith("false", StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
