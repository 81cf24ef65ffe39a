using ImageAnalysis.Imaging;

namespace ImageAnalysis.Report;

/// <summary>A scale bar of a round length.</summary>
/// <param name="LengthPx">Its length in px of the picture.</param>
/// <param name="Label">What it says, such as <c>20 nm</c>.</param>
internal sealed record ScaleBar(double LengthPx, string Label)
{
    /// <summary>Finds the longest round length that takes no more than a share of the picture.</summary>
    /// <param name="calibration">The pixel size, or <c>null</c>: then the bar counts pixels of the image.</param>
    /// <param name="scale">Width in px of the picture that a pixel of the image takes.</param>
    /// <param name="longestPx">What the bar may take, px of the picture.</param>
    public static ScaleBar Choose(Calibration? calibration, double scale, double longestPx)
    {
        if (calibration is null)
        {
            double pixels = NiceNumbers.AtMost(Math.Max(1, longestPx / scale));
            return new ScaleBar(pixels * scale, $"{NiceNumbers.Text(pixels)} px");
        }

        double nmPerPx = calibration.PixelWidthNm / scale;
        double lengthNm = NiceNumbers.AtMost(longestPx * nmPerPx);
        string label = lengthNm >= 1000 ? $"{NiceNumbers.Text(lengthNm / 1000)} \u00b5m" : $"{NiceNumbers.Text(lengthNm)} nm";
        return new ScaleBar(lengthNm / nmPerPx, label);
    }
}
