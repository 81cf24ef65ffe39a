using ImageAnalysis.Core;
using ImageAnalysis.Simulation;

namespace ImageAnalysis.Lattice.Tests;

/// <summary>What one drawn folder shows.</summary>
/// <param name="TrueFraction">Probability of each crystal to be ordered.</param>
/// <param name="Ordered">Crystals called superstructures.</param>
/// <param name="Undetermined">Crystals left undetermined.</param>
/// <param name="All">Crystals in the percentage.</param>
internal sealed record FolderCount(double TrueFraction, int Ordered, int Undetermined, int All)
{
    /// <summary>Whether the exact 95 % interval of the percentage holds the true fraction.</summary>
    public bool Covers => FractionIntervals.ClopperPearson(Ordered, All) is { } interval && interval.LowFraction <= TrueFraction && TrueFraction <= interval.HighFraction;
}

/// <summary>Draws folders, analyses every image with the defaults, and counts as the table does.</summary>
internal static class CoverageRun
{
    /// <summary>One folder.</summary>
    public static FolderCount Count(int seed, double trueFraction)
    {
        int ordered = 0, undetermined = 0, all = 0;
        foreach (DrawnHrtem image in FolderScenes.Draw(seed, trueFraction))
        {
            foreach (CrystalMeasurement crystal in FringeAnalyser.Analyse(image.ToMicrograph("drawn"), new FringeOptions()).Crystals)
            {
                ordered += crystal.Verdict == Verdict.Superstructure ? 1 : 0;
                undetermined += crystal.Verdict == Verdict.Undetermined ? 1 : 0;
                all += crystal.Verdict == Verdict.NoFringe ? 0 : 1;
            }
        }

        return new FolderCount(trueFraction, ordered, undetermined, all);
    }
}
