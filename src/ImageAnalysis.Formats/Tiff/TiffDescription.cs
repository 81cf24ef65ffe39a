namespace ImageAnalysis.Formats.Tiff;

/// <summary>The image description (tag 270), read in the ways of the programs that leave structured text in it.</summary>
/// <param name="Text">The text, or <c>null</c> where there is none.</param>
/// <param name="ImageJ">The text as ImageJ's, or <c>null</c>.</param>
/// <param name="Ome">The text as OME-XML, or <c>null</c>.</param>
/// <param name="Jeol">The text as JEOL's XML, or <c>null</c>.</param>
internal sealed record TiffDescription(string? Text, ImageJDescription? ImageJ, OmeXml? Ome, JeolReport? Jeol)
{
    public static TiffDescription Decode(string? text) => new(text, ImageJDescription.Decode(text), OmeXml.Decode(text), JeolReport.Decode(text));
}
