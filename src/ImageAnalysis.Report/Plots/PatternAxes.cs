using ImageAnalysis.Core;

namespace ImageAnalysis.Report;

/// <summary>Where the points of a fitted pattern lie in its plot: above the curves, then a row for the lines' ticks, then the difference on the scale of the curves.</summary>
internal sealed class PatternAxes
{
    /// <summary>Columns a pixel in which a curve keeps its lowest and its highest point: finer than a screen shows.</summary>
    private const double ColumnsPerPx = 2;

    private const double Margin = 6;

    private readonly double _left, _firstDeg, _pxPerDeg, _top, _highCounts, _pxPerCount, _differenceZero;
    private readonly int[] _columns;

    private PatternAxes(PowderCurve curve, double left, double right, double top, double bottom, double tickRow, double leastDifferencePx)
    {
        IReadOnlyList<double> angles = curve.TwoThetaDeg;
        (_left, _top, _firstDeg) = (left, top, angles[0]);
        _pxPerDeg = (right - left) / Math.Max(1e-9, angles[^1] - angles[0]);
        _columns = [.. angles.Select(angle => (int)((X(angle) - left) * ColumnsPerPx))];
        Difference = [.. curve.ObservedCounts.Zip(curve.CalculatedCounts, (observed, fitted) => observed - fitted)];

        IEnumerable<double> shown = curve.ObservedCounts.Concat(curve.CalculatedCounts).Concat(curve.BackgroundCounts);
        double low = Math.Min(0, shown.Min()), high = shown.Max();
        high = high > low ? high + (0.02 * (high - low)) : low + 1;

        // One scale for both parts: the space is shared out so that either just fits.
        double most = Math.Max(0, Difference.Max()), least = Math.Min(0, Difference.Min());
        double space = bottom - top - tickRow - (2 * Margin);
        _pxPerCount = space / (high - low + most - least);
        double lacking = leastDifferencePx - ((most - least) * _pxPerCount);
        if (lacking > 0)
        {
            _pxPerCount = (space - leastDifferencePx) / (high - low);
        }

        _highCounts = high;
        Foot = Y(low);
        _differenceZero = Foot + tickRow + Margin + (Math.Max(0, lacking) / 2) + (most * _pxPerCount);
        AngleTicks = NiceNumbers.Ticks(angles[0], Math.Max(angles[^1], angles[0] + 1e-9), 10);
        CountTicks = NiceNumbers.Ticks(low, high, 5);
    }

    /// <summary>Measured minus fitted.</summary>
    public IReadOnlyList<double> Difference { get; }

    /// <summary>Foot of the curves.</summary>
    public double Foot { get; }

    /// <summary>Angles with a number.</summary>
    public IReadOnlyList<double> AngleTicks { get; }

    /// <summary>Intensities with a number.</summary>
    public IReadOnlyList<double> CountTicks { get; }

    /// <summary>Lays a plot out between four edges.</summary>
    /// <param name="curve">What is drawn.</param>
    /// <param name="left">Left edge.</param>
    /// <param name="right">Right edge.</param>
    /// <param name="top">Upper edge.</param>
    /// <param name="bottom">Lower edge.</param>
    /// <param name="tickRow">Height of the row of ticks.</param>
    /// <param name="leastDifferencePx">Least height of the difference's part.</param>
    public static PatternAxes Of(PowderCurve curve, double left, double right, double top, double bottom, double tickRow, double leastDifferencePx) =>
        new(curve, left, right, top, bottom, tickRow, leastDifferencePx);

    /// <summary>Place of an angle.</summary>
    public double X(double twoThetaDeg) => _left + ((twoThetaDeg - _firstDeg) * _pxPerDeg);

    /// <summary>Place of an intensity.</summary>
    public double Y(double counts) => _top + ((_highCounts - counts) * _pxPerCount);

    /// <summary>Place of a difference.</summary>
    public double DifferenceY(double counts) => _differenceZero - (counts * _pxPerCount);

    /// <summary>Points that are drawn: all of them, or where several share a column the lowest and the highest, so that no peak is lost.</summary>
    public IEnumerable<int> Shown(IReadOnlyList<double> values)
    {
        for (int start = 0; start < values.Count;)
        {
            int lowest = start, highest = start, end = start + 1;
            for (; end < values.Count && _columns[end] == _columns[start]; end++)
            {
                lowest = values[end] < values[lowest] ? end : lowest;
                highest = values[end] > values[highest] ? end : highest;
            }

            yield return Math.Min(lowest, highest);
            if (lowest != highest)
            {
                yield return Math.Max(lowest, highest);
            }

            start = end;
        }
    }
}
