using System.Globalization;
using ImageAnalysis.Lattice.Tests;

namespace ImageAnalysis.Benchmarks;

/// <summary>How often the 95 % interval of a folder's percentage holds the true fraction, over drawn folders whose crystals are ordered by chance, every image analysed as <c>ima run</c> does.</summary>
public static class IntervalCoverage
{
    private static readonly double[] Fractions = [0, 0.05, 0.1, 0.3, 0.5, 0.8, 1];

    /// <summary>Prints a line for each true fraction, and one for all.</summary>
    /// <param name="folders">Number of folders of 30 crystals, evenly over the fractions.</param>
    /// <param name="first">Number of the first folder: other numbers, other folders.</param>
    public static void Print(int folders, int first)
    {
        FolderCount[] counts = new FolderCount[folders];
        Parallel.For(0, folders, i => counts[i] = CoverageRun.Count(first + i, Fractions[i % Fractions.Length]));
        Console.WriteLine("true %\tfolders\tcovered\tcrystals\tmean %\tundetermined %");
        foreach (IGrouping<double, FolderCount> group in counts.GroupBy(static count => count.TrueFraction).OrderBy(static group => group.Key))
        {
            Line(group.Key.ToString("P0", CultureInfo.InvariantCulture), [.. group]);
        }

        Line("all", counts);
    }

    private static void Line(string name, FolderCount[] counts)
    {
        int covered = counts.Count(static count => count.Covers), all = counts.Sum(static count => count.All);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}\t{counts.Length}\t{100.0 * covered / counts.Length:F1} %\t{all}\t{100.0 * counts.Sum(static count => count.Ordered) / all:F1}\t{100.0 * counts.Sum(static count => count.Undetermined) / all:F1}"));
    }
}
