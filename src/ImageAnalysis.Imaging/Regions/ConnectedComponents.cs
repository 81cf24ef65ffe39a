using System.Buffers;

namespace ImageAnalysis.Imaging;

/// <summary>Connected regions of a mask.</summary>
public static class ConnectedComponents
{
    /// <summary>Numbers the connected regions of a mask.</summary>
    /// <param name="mask">0 in the background, anything else inside; any shape.</param>
    /// <param name="connectivity">Which pixels count as neighbours.</param>
    /// <returns>Labels 1, 2, … in reading order of each region's first pixel; 0 in the background.</returns>
    /// <remarks>Runs of each row are joined with those of the row above by union-find (He, Chao &amp; Suzuki 2008, doi 10.1109/TIP.2008.919369).</remarks>
    public static LabelImage Label(Raster<byte> mask, Connectivity connectivity = Connectivity.Eight)
    {
        ArgumentNullException.ThrowIfNull(mask);
        using RunTable runs = RunTable.Find(mask, ofZeros: false);
        runs.Join(connectivity);
        int[] runLabels = ArrayPool<int>.Shared.Rent(Math.Max(1, runs.Count));
        int count = runs.Number(runLabels);
        int width = mask.WidthPx;
        Raster<int> labelled = Raster<int>.Unfilled(width, mask.HeightPx, out Span<int> labels);
        labels.Clear();
        ReadOnlySpan<int> starts = runs.Starts;
        ReadOnlySpan<int> ends = runs.Ends;
        for (int y = 0; y < mask.HeightPx; y++)
        {
            Span<int> row = labels.Slice(y * width, width);
            for (int i = runs.RowStarts[y]; i < runs.RowStarts[y + 1]; i++)
            {
                row[starts[i]..ends[i]].Fill(runLabels[i]);
            }
        }

        ArrayPool<int>.Shared.Return(runLabels);
        return new LabelImage(labelled, count);
    }
}
