using System.Globalization;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Formats.Tiff;

/// <summary>The image description of an OME-TIFF: XML with the size of a pixel in named units.</summary>
/// <param name="Xml">The XML.</param>
/// <param name="Pixels">The attributes of its Pixels elements.</param>
/// <param name="Acquisition">How the images were taken.</param>
/// <remarks>Source: OME-TIFF and OME-XML schema 2016-06, https://docs.openmicroscopy.org/ome-model/: PhysicalSizeX and PhysicalSizeY, whose unit is µm where none is given.</remarks>
internal sealed record OmeXml(MetadataXml Xml, IReadOnlyList<Dictionary<string, string>> Pixels, Acquisition Acquisition)
{
    /// <summary>The description of a file's first page, or <c>null</c> where it is no OME-XML.</summary>
    public static OmeXml? Decode(string? description)
    {
        if (description?.Contains("<OME", StringComparison.Ordinal) != true || MetadataXml.Decode(description) is not { } xml)
        {
            return null;
        }

        return xml.Values.Count > 0 && xml.Values[0].Key.StartsWith("OME.", StringComparison.Ordinal) ? new OmeXml(xml, PixelsOf(xml), AcquisitionOf(xml)) : null;
    }

    /// <summary>What the first of its images with the page's size says.</summary>
    public TiffClaim Claim(int width, int height)
    {
        Dictionary<string, string> pixels = Pixels.FirstOrDefault(
            attributes => attributes.GetValueOrDefault("SizeX") == width.ToString(CultureInfo.InvariantCulture)
                && attributes.GetValueOrDefault("SizeY") == height.ToString(CultureInfo.InvariantCulture)) ?? [];
        string? unitX = pixels.GetValueOrDefault("PhysicalSizeXUnit", "\u00B5m");
        string? unitY = pixels.GetValueOrDefault("PhysicalSizeYUnit", "\u00B5m");
        double? x = TiffClaim.Positive(TiffClaim.Number(pixels.GetValueOrDefault("PhysicalSizeX")));
        double? y = TiffClaim.Positive(TiffClaim.Number(pixels.GetValueOrDefault("PhysicalSizeY")));
        TiffClaim claim = new("OME") { Tags = Xml.Values.Select(value => new RawTag(value.Key, value.Value)), Acquisition = Acquisition };
        return x is null ? claim : claim.WithPixel(x, y, unitX, y is null ? unitX : unitY);
    }

    private static Acquisition AcquisitionOf(MetadataXml xml) => new()
    {
        MagnificationRatio = TiffClaim.Positive(TiffClaim.Number(xml.Find("Objective.@CalibratedMagnification") ?? xml.Find("Objective.@NominalMagnification"))),
        ExposureSeconds = (xml.Find("Plane.@ExposureTimeUnit") ?? "s") == "s" ? TiffClaim.Positive(TiffClaim.Number(xml.Find("Plane.@ExposureTime"))) : null,
        Detector = xml.Find("Detector.@Model"),
        Instrument = xml.Find("Microscope.@Model"),
        AcquiredAt = xml.Find("Image.AcquisitionDate"),
    };

    // The attributes of each Pixels element; those of one element follow one another.
    private static List<Dictionary<string, string>> PixelsOf(MetadataXml xml)
    {
        const string prefix = "OME.Image.Pixels.@";
        List<Dictionary<string, string>> all = [];
        bool within = false;
        foreach ((string path, string value) in xml.Values)
        {
            bool pixels = path.StartsWith(prefix, StringComparison.Ordinal);
            if (pixels && (!within || all[^1].ContainsKey(path[prefix.Length..])))
            {
                all.Add([]);
            }

            if (pixels)
            {
                all[^1][path[prefix.Length..]] = value;
            }

            within = pixels;
        }

        return all;
    }
}
