using ImageAnalysis.Particles;

namespace ImageAnalysis.Report;

/// <summary>A range of sizes that an axis shows, ending at its ticks.</summary>
/// <param name="LowNm">Lower end, nm.</param>
/// <param name="HighNm">Upper end, nm.</param>
/// <param name="TicksNm">Where the numbers stand, nm.</param>
internal sealed record SizeAxis(double LowNm, double HighNm, IReadOnlyList<double> TicksNm)
{
    /// <summary>The axis that holds all bins of some histograms, so that they can be compared by eye.</summary>
    public static SizeAxis Over(IEnumerable<SizeHistogram> histograms)
    {
        double low = double.MaxValue;
        double high = double.MinValue;
        foreach (SizeHistogram histogram in histograms)
        {
            low = Math.Min(low, histogram.FirstEdgeNm);
            high = Math.Max(high, histogram.FirstEdgeNm + (histogram.Counts.Count * histogram.BinWidthNm));
        }

        // About six numbers; half of that beside the bins, so that the curves have room to fall.
        double step = NiceNumbers.AtLeast((high - low) / 6);
        double shownLow = Math.Max(0, Math.Floor((low - (0.25 * step)) / step) * step);
        double shownHigh = Math.Ceiling((high + (0.25 * step)) / step) * step;
        return new SizeAxis(shownLow, shownHigh, NiceNumbers.Ticks(shownLow, shownHigh, (int)Math.Round((shownHigh - shownLow) / step)));
    }
}
