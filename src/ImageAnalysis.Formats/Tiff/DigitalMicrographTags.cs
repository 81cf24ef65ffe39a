using ImageAnalysis.Formats.Dm;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Formats.Tiff;

/// <summary>
/// The private tags with which Gatan DigitalMicrograph exports its calibration, unit and size of a pixel along x and y, and with them the image's own
/// tags in the form of a DM4 file without pixels.
/// </summary>
/// <param name="UnitX">Unit along x, tag 65003.</param>
/// <param name="UnitY">Unit along y, tag 65004.</param>
/// <param name="ScaleX">Pixel width, tag 65009.</param>
/// <param name="ScaleY">Pixel height, tag 65010.</param>
/// <param name="ImageTags">The image's tags, tag 65027, where they can be read.</param>
/// <remarks>
/// No specification is published; the numbers of the tags are those that RosettaSciIO reads and writes (rsciio/tiff/_api.py). That tag 65027 holds a DM4 header and a
/// tag tree whose root is the image's ImageTags is seen in files.
/// </remarks>
internal sealed record DigitalMicrographTags(string? UnitX, string? UnitY, double? ScaleX, double? ScaleY, DmDocument? ImageTags)
{
    /// <summary>The tags of a page, or <c>null</c> where they are missing.</summary>
    public static DigitalMicrographTags? Decode(TiffDirectory directory)
    {
        TiffEntry? x = directory.Find(TiffTag.DmScaleX);
        TiffEntry? y = directory.Find(TiffTag.DmScaleY);
        return x is null && y is null
            ? null
            : new DigitalMicrographTags(
                directory.Text(TiffTag.DmUnitX), directory.Text(TiffTag.DmUnitY), x?.NumberAt(0), y?.NumberAt(0), TagsOf(directory.Find(TiffTag.DmImageTags)));
    }

    // DigitalMicrograph writes scale 1 without a unit for images without calibration: that is none.
    public TiffClaim Claim()
    {
        TiffClaim claim = new("DigitalMicrograph")
        {
            Acquisition = ImageTags is { } tags ? DmAcquisition.Of(tags, tags.Root) : Acquisition.Unknown,
            Tags = Words(ImageTags),
        };
        claim = claim.WithPixel(TiffClaim.Positive(ScaleX), TiffClaim.Positive(ScaleY), UnitX, UnitY);
        return claim.Unit.Length == 0 && DmAcquisition.IsDiffractionMode(claim.Acquisition.Mode)
            ? claim with { Reciprocal = "a diffraction pattern by its operation mode (DigitalMicrograph)" }
            : claim;
    }

    private static IEnumerable<RawTag> Words(DmDocument? tags)
    {
        foreach (RawTag tag in tags is null ? [] : DmRawTags.Flatten(tags))
        {
            yield return tag with { Path = "DigitalMicrograph." + tag.Path };
        }
    }

    // Tags that cannot be read are left out: they do not keep the pixels from being read.
    private static DmDocument? TagsOf(TiffEntry? entry)
    {
        if (entry is not { Bytes: { Length: > 0 } bytes })
        {
            return null;
        }

        try
        {
            return DmDocument.Decode(bytes);
        }
        catch (MicroscopeFileException)
        {
            return null;
        }
    }
}
