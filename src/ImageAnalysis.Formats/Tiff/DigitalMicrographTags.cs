namespace ImageAnalysis.Formats.Tiff;

/// <summary>The private tags with which Gatan DigitalMicrograph exports its calibration: unit and size of a pixel along x and y.</summary>
/// <param name="UnitX">Unit along x, tag 65003.</param>
/// <param name="UnitY">Unit along y, tag 65004.</param>
/// <param name="ScaleX">Pixel width, tag 65009.</param>
/// <param name="ScaleY">Pixel height, tag 65010.</param>
/// <remarks>No specification is published; the numbers are those that RosettaSciIO reads and writes (rsciio/tiff/_api.py).</remarks>
internal sealed record DigitalMicrographTags(string? UnitX, string? UnitY, double? ScaleX, double? ScaleY)
{
    /// <summary>The tags of a page, or <c>null</c> where they are missing.</summary>
    public static DigitalMicrographTags? Decode(TiffDirectory directory)
    {
        TiffEntry? x = directory.Find(TiffTag.DmScaleX);
        TiffEntry? y = directory.Find(TiffTag.DmScaleY);
        return x is null && y is null
            ? null
            : new DigitalMicrographTags(directory.Text(TiffTag.DmUnitX), directory.Text(TiffTag.DmUnitY), x?.NumberAt(0), y?.NumberAt(0));
    }

    // DigitalMicrograph writes scale 1 without a unit for images without calibration: that is none.
    public TiffClaim Claim() => new TiffClaim("DigitalMicrograph").WithPixel(ScaleX is { } x ? Math.Abs(x) : null, ScaleY is { } y ? Math.Abs(y) : null, UnitX, UnitY);
}
