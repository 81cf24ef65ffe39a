using System.Globalization;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Formats.Tiff;

/// <summary>The image description of an OME-TIFF: XML with the size of a pixel in named units.</summary>
/// <param name="Xml">The XML.</param>
/// <remarks>Source: OME-TIFF and OME-XML schema 2016-06, https://docs.openmicroscopy.org/ome-model/: PhysicalSizeX and PhysicalSizeY, whose unit is µm where none is given.</remarks>
internal sealed record OmeXml(MetadataXml Xml)
{
    /// <summary>The description of a file's first page, or <c>null</c> where it is no OME-XML.</summary>
    public static OmeXml? Decode(string? description)
    {
        if (description?.Contains("<OME", StringComparison.Ordinal) != true || MetadataXml.Decode(description) is not { } xml)
        {
            return null;
        }

        return xml.Values.Count > 0 && xml.Values[0].Key.StartsWith("OME.", StringComparison.Ordinal) ? new OmeXml(xml) : null;
    }

    /// <summary>What the first of its images with the page's size says.</summary>
    public TiffClaim Claim(int width, int height)
    {
        Dictionary<string, string> pixels = PixelsOf(width, height);
        string? unitX = pixels.GetValueOrDefault("PhysicalSizeXUnit", "\u00B5m");
        string? unitY = pixels.GetValueOrDefault("PhysicalSizeYUnit", "\u00B5m");
        double? x = TiffClaim.Positive(TiffClaim.Number(pixels.GetValueOrDefault("PhysicalSizeX")));
        double? y = TiffClaim.Positive(TiffClaim.Number(pixels.GetValueOrDefault("PhysicalSizeY")));
        TiffClaim claim = new("OME")
        {
            Tags = [.. Xml.Values.Select(value => new RawTag(value.Key, value.Value))],
            Acquisition = new Acquisition
            {
                MagnificationRatio = TiffClaim.Positive(TiffClaim.Number(Xml.Find("Objective.@CalibratedMagnification") ?? Xml.Find("Objective.@NominalMagnification"))),
                ExposureSeconds = (Xml.Find("Plane.@ExposureTimeUnit") ?? "s") == "s" ? TiffClaim.Positive(TiffClaim.Number(Xml.Find("Plane.@ExposureTime"))) : null,
                Detector = Xml.Find("Detector.@Model"),
                Instrument = Xml.Find("Microscope.@Model"),
                AcquiredAt = Xml.Find("Image.AcquisitionDate"),
            },
        };
        return x is null ? claim : claim.WithPixel(x, y, unitX, y is null ? unitX : unitY);
    }

    private Dictionary<string, string> PixelsOf(int width, int height)
    {
        const string prefix = "OME.Image.Pixels.@";
        Dictionary<string, string> found = [];
        foreach ((string path, string value) in Xml.Values)
        {
            if (path.StartsWith(prefix, StringComparison.Ordinal))
            {
                found[path[prefix.Length..]] = value;
            }
            else if (found.Count > 0)
            {
                if (Fits(found))
                {
                    return found;
                }

                found = [];
            }
        }

        return Fits(found) ? found : [];

        bool Fits(Dictionary<string, string> pixels) =>
            pixels.GetValueOrDefault("SizeX") == width.ToString(CultureInfo.InvariantCulture)
            && pixels.GetValueOrDefault("SizeY") == height.ToString(CultureInfo.InvariantCulture);
    }
}
