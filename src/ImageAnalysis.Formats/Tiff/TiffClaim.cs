using System.Globalization;
using ImageAnalysis.Core;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Formats.Tiff;

/// <summary>What one program's way of writing TIFF says about a page.</summary>
/// <param name="Program">The program or instrument, as it is named in the source of a calibration.</param>
internal sealed record TiffClaim(string Program)
{
    /// <summary>The pixel size, where it says one in units of length.</summary>
    public Calibration? Calibration { get; init; }

    /// <summary>The unit in the file's own words.</summary>
    public string Unit { get; init; } = string.Empty;

    /// <summary>Why the page shows no lengths in the specimen, or <c>null</c> where it does.</summary>
    public string? Reciprocal { get; init; }

    public Acquisition Acquisition { get; init; } = Acquisition.Unknown;

    /// <summary>Its own words, one by one; made when they are asked for, since of the pages of a stack only the first one's are listed.</summary>
    public IEnumerable<RawTag> Tags { get; init; } = [];

    /// <summary>Adds the pixel size, given in units as the file writes them, if it is one of length; or that the unit is reciprocal.</summary>
    /// <param name="x">Pixel width in units of <paramref name="unitX"/>.</param>
    /// <param name="y">Pixel height in units of <paramref name="unitY"/>; where missing, pixels are taken as square.</param>
    /// <param name="unitX">Unit of the width.</param>
    /// <param name="unitY">Unit of the height; where missing, that of the width.</param>
    public TiffClaim WithPixel(double? x, double? y, string? unitX, string? unitY = null)
    {
        string horizontal = unitX?.Trim() ?? string.Empty;
        string vertical = string.IsNullOrWhiteSpace(unitY) ? horizontal : unitY.Trim();
        TiffClaim claim = this with { Unit = horizontal == vertical ? horizontal : $"{horizontal}|{vertical}" };
        foreach (string unit in (ReadOnlySpan<string>)[horizontal, vertical])
        {
            if (LengthUnits.IsReciprocalOrAngle(unit))
            {
                return claim with { Reciprocal = $"the axes are in {unit} ({Program}): a diffraction pattern or a Fourier transform" };
            }
        }

        if (LengthUnits.TryToNm(horizontal, out double unitXNm) && LengthUnits.TryToNm(vertical, out double unitYNm)
            && IsSize(x * unitXNm) && IsSize((y ?? x) * unitYNm))
        {
            claim = claim with { Calibration = new Calibration(x!.Value * unitXNm, (y ?? x).Value * unitYNm, new CalibrationSource(CalibrationOrigin.Metadata, Program)) };
        }

        return claim;
    }

    /// <summary>A number as instruments write it, or <c>null</c>.</summary>
    public static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value : null;

    /// <summary>A number if it is above 0, else <c>null</c>: instruments write 0 for "not known".</summary>
    public static double? Positive(double? value) => value > 0 && double.IsFinite(value.Value) ? value : null;

    // From a tenth of a picometre to a metre: what lies outside is no pixel of a microscope.
    private static bool IsSize(double? sizeNm) => sizeNm is >= 1e-4 and <= 1e9;
}
