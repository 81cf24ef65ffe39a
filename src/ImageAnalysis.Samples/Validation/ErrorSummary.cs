namespace ImageAnalysis.Samples;

/// <summary>Errors of one measured quantity: measured less true.</summary>
/// <param name="Unit">The unit that all numbers but the pulls are counted in, such as <c>nm</c>, <c>%</c> or <c>°</c>.</param>
/// <param name="Count">Number of errors.</param>
/// <param name="MeanRatio">Mean error over the unit: the bias.</param>
/// <param name="MeanSigmaRatio">One standard deviation of the mean error over the unit; <c>null</c> for a single one.</param>
/// <param name="MedianRatio">Median error over the unit.</param>
/// <param name="MedianAbsoluteRatio">Median of the errors' sizes, without their signs, over the unit.</param>
/// <param name="SdRatio">Standard deviation of the errors over the unit; <c>null</c> for a single one.</param>
/// <param name="PullCount">Number of errors with a stated standard deviation.</param>
/// <param name="PullMeanRatio">Mean of error over stated standard deviation: 0 where nothing is biased.</param>
/// <param name="PullSpreadRatio">Half the range that holds the middle 68.3 % of these: 1 where the stated standard deviations are right, and little moved by a few blunders.</param>
public sealed record ErrorSummary(
    string Unit, int Count, double MeanRatio, double? MeanSigmaRatio, double MedianRatio, double MedianAbsoluteRatio, double? SdRatio, int PullCount, double? PullMeanRatio, double? PullSpreadRatio)
{
    /// <summary>Sums up errors.</summary>
    /// <param name="unit">The unit that they are counted in.</param>
    /// <param name="errors">The errors in that unit, each with its pull (error over stated standard deviation) where it has one.</param>
    /// <returns>The summary; <c>null</c> without errors.</returns>
    public static ErrorSummary? Of(string unit, IEnumerable<(double Error, double? Pull)> errors)
    {
        (double Error, double? Pull)[] all = [.. errors];
        if (all.Length == 0)
        {
            return null;
        }

        double[] sorted = [.. all.Select(e => e.Error).Order()], sizes = [.. sorted.Select(Math.Abs).Order()], pulls = [.. all.Where(e => e.Pull is not null).Select(e => e.Pull!.Value).Order()];
        double mean = sorted.Average();
        double? sd = sorted.Length > 1 ? Math.Sqrt(sorted.Sum(e => (e - mean) * (e - mean)) / (sorted.Length - 1)) : null;
        return new ErrorSummary(
            unit, sorted.Length, mean, sd / Math.Sqrt(sorted.Length), Quantile(sorted, 0.5), Quantile(sizes, 0.5), sd,
            pulls.Length, pulls.Length > 0 ? pulls.Average() : null, pulls.Length > 1 ? (Quantile(pulls, 0.8413) - Quantile(pulls, 0.1587)) / 2 : null);
    }

    /// <summary>A quantile of sorted numbers, between neighbours in proportion.</summary>
    internal static double Quantile(double[] sorted, double fraction)
    {
        double at = fraction * (sorted.Length - 1);
        int below = (int)Math.Floor(at), above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((at - below) * (sorted[above] - sorted[below]));
    }
}
