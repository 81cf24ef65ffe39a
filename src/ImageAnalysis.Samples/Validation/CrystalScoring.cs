using ImageAnalysis.Imaging;
using ImageAnalysis.Lattice;

namespace ImageAnalysis.Samples;

/// <summary>Pairs the crystals found in an HRTEM image with those that are there.</summary>
internal static class CrystalScoring
{
    /// <summary>Boxes that share so much of what they cover together are of the same crystal.</summary>
    private const double LeastOverlap = 0.3;

    /// <summary>Centres that lie within so much of the true diameter are of the same crystal.</summary>
    private const double CentreShare = 0.25;

    /// <summary>Scores one image: every true particle and everything found, each once.</summary>
    public static IReadOnlyList<ScoredCrystal> Score(string sample, string file, HrtemTruthImage image, IReadOnlyList<CrystalMeasurement> found)
    {
        List<(int, int, double)> candidates = [];
        for (int i = 0; i < image.Particles.Count; i++)
        {
            for (int j = 0; j < found.Count; j++)
            {
                if (QualityOf(image, image.Particles[i], found[j]) is double quality)
                {
                    candidates.Add((i, j, quality));
                }
            }
        }

        int[] partner = OneToOne.Match(image.Particles.Count, found.Count, candidates);
        ScoredCrystal Row(HrtemTruthParticle? truth, CrystalMeasurement? crystal) => new() { Sample = sample, File = file, Image = image, Truth = truth, Found = crystal };
        return
        [
            .. image.Particles.Select((truth, i) => Row(truth, partner[i] < 0 ? null : found[partner[i]])),
            .. found.Where((_, j) => !partner.Contains(j)).Select(crystal => Row(null, crystal)),
        ];
    }

    /// <summary>How well a crystal fits a true particle, 0…1; <c>null</c> where it is another one.</summary>
    internal static double? QualityOf(HrtemTruthImage image, HrtemTruthParticle truth, CrystalMeasurement found)
    {
        double overlap = Overlap(truth.FirstPx, truth.EndPx, found);
        double distance = Math.Sqrt(Math.Pow((found.XPx - truth.CentrePx.XPx) * image.PixelWidthNm, 2) + Math.Pow((found.YPx - truth.CentrePx.YPx) * image.PixelHeightNm, 2));
        double near = 1 - (distance / (CentreShare * truth.DiameterNm));
        return overlap >= LeastOverlap || near >= 0 ? Math.Clamp(0.5 * (overlap + Math.Max(near, 0)), 0, 1) : null;
    }

    private static double Overlap(PointPx first, PointPx end, CrystalMeasurement found)
    {
        double width = Math.Max(0, Math.Min(end.XPx, found.X1Px) - Math.Max(first.XPx, found.X0Px)), height = Math.Max(0, Math.Min(end.YPx, found.Y1Px) - Math.Max(first.YPx, found.Y0Px));
        double both = width * height;
        double either = ((end.XPx - first.XPx) * (end.YPx - first.YPx)) + ((double)(found.X1Px - found.X0Px) * (found.Y1Px - found.Y0Px)) - both;
        return either > 0 ? both / either : 0;
    }
}
