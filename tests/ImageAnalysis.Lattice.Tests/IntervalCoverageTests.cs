namespace ImageAnalysis.Lattice.Tests;

/// <summary>The small version of the coverage of intervals: seconds. The large one is a program in benchmarks, its numbers in docs/methods/validation.md.</summary>
public sealed class IntervalCoverageTests
{
    [Fact]
    public void DrawnFolders_OrderByChance_HaveTheTruthInTheirInterval()
    {
        FolderCount[] folders = [.. new[] { 0, 0.1, 0.5, 0.8 }.Select((fraction, i) => CoverageRun.Count(40 + i, fraction))];

        // 30 drawn in each; a crystal may be missed, another seen twice. Of four intervals one may miss the truth by chance: the probability of two is about one in a hundred.
        Assert.All(folders, static folder => Assert.InRange(folder.All, 27, 33));
        Assert.True(folders.Count(static folder => folder.Covers) >= 3, string.Join("; ", folders.Select(static folder => folder.ToString())));
        Assert.Equal(0, folders[0].Ordered);
    }
}
