using ImageAnalysis.Imaging;
using ImageAnalysis.Lattice;

namespace ImageAnalysis.Report;

/// <summary>Lengths and spatial frequencies in one unit for both axes: nm where the pixel size is known, else pixels (taken as square).</summary>
/// <param name="WidthOfPixel">Width of a pixel in the unit.</param>
/// <param name="HeightOfPixel">Height of a pixel in the unit.</param>
/// <param name="Unit">The unit's name.</param>
internal sealed record FrequencyScale(double WidthOfPixel, double HeightOfPixel, string Unit)
{
    /// <summary>The scale of an image.</summary>
    public static FrequencyScale Of(Micrograph micrograph) => micrograph.Calibration is Calibration known
        ? new FrequencyScale(known.PixelWidthNm, known.PixelHeightNm, "nm")
        : new FrequencyScale(1, 1, "px");

    /// <summary>A frequency in cycles a unit; y down.</summary>
    public (double X, double Y) Of(ReciprocalVector g) => (g.XPerPx / WidthOfPixel, g.YPerPx / HeightOfPixel);

    /// <summary>Cycles a unit.</summary>
    public double LengthOf(ReciprocalVector g)
    {
        (double x, double y) = Of(g);
        return Math.Sqrt((x * x) + (y * y));
    }

    /// <summary>The spacing that the reference's tested fringes have, in the unit; <c>null</c> without a pixel size.</summary>
    public double? ReferenceSpacing(ReferenceCrystal reference) => Unit == "nm"
        ? Core.Units.AngstromToNm(reference.Cell().SpacingAngstrom(reference.Fringe.H, reference.Fringe.K, reference.Fringe.L))
        : null;

    /// <summary>The highest frequency that spectra show: a little beyond 3/2 of the tested fringes', where their superlattice shows again, or beyond the farthest spot up to 7/4.</summary>
    public double HighestShown(CrystalMeasurement crystal, ReferenceCrystal reference)
    {
        double tested = ReferenceSpacing(reference) is double d ? 1 / d : CrystalView.Shown(crystal) is FringeMeasurement f ? LengthOf(f.G) : 0.25 / WidthOfPixel;
        double highest = crystal.Fringes.Select(fringe => LengthOf(fringe.G)).Append(1.5 * tested).Max();
        return Math.Min(1.12 * Math.Min(highest, 1.75 * tested), 0.5 / Math.Max(WidthOfPixel, HeightOfPixel));
    }
}
