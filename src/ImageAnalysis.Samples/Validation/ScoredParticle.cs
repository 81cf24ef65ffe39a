using ImageAnalysis.Particles;

namespace ImageAnalysis.Samples;

/// <summary>One particle of a HAADF-STEM image: what is there beside what was found, of which one may be missing.</summary>
public sealed record ScoredParticle
{
    /// <summary>Name of the sample.</summary>
    public required string Sample { get; init; }

    /// <summary>The image file as in the tables.</summary>
    public required string File { get; init; }

    /// <summary>What is there; <c>null</c> where nothing is.</summary>
    public TruthParticle? Truth { get; init; }

    /// <summary>What was found; <c>null</c> where nothing was.</summary>
    public SizeMeasurement? Found { get; init; }

    /// <summary>Whether the particle lies wholly in the image, so that it ought to be found and measured.</summary>
    public bool IsExpected => Truth is { OnEdge: false };

    /// <summary>Whether it enters the comparison of sizes: it lies wholly in the image, was found, and is counted.</summary>
    public bool IsSized => IsExpected && Found is { Counted: true, FeretMaxNm: not null };

    /// <summary>Whether it touches no other particle.</summary>
    public bool IsIsolated => Truth is { Touches.Count: 0 };

    /// <summary>Long axis, measured less true, nm.</summary>
    public double? LongAxisErrorNm => IsSized ? Found!.FeretMaxNm - Truth!.LongAxisNm : null;

    /// <summary>Short axis (minimum Feret diameter), measured less true, nm.</summary>
    public double? ShortAxisErrorNm => IsSized ? Found!.FeretMinNm - Truth!.ShortAxisNm : null;

    /// <summary>Area-equivalent diameter, measured less true, nm.</summary>
    public double? DiameterErrorNm => IsSized ? Found!.DiameterNm - Math.Sqrt(4 * Truth!.AreaNm2 / Math.PI) : null;

    /// <summary>Direction of the long axis, measured less true, −90…90; <c>null</c> for nearly round particles, which have none.</summary>
    public double? OrientationErrorDeg => IsSized && Truth!.LongAxisNm > 1.15 * Truth.ShortAxisNm ? ScoredCrystal.AngleBetween(Found!.OrientationDeg, Truth.LongAxisAngleDeg) : null;
}

/// <summary>Pairs the particles found in a HAADF-STEM image with those that are there: centres within half the short axis.</summary>
internal static class ParticleScoring
{
    /// <summary>Scores one image: every true particle and everything found, each once.</summary>
    public static IReadOnlyList<ScoredParticle> Score(string sample, string file, TruthImage image, IReadOnlyList<SizeMeasurement> found)
    {
        List<(int, int, double)> candidates = [];
        for (int i = 0; i < image.Particles.Count; i++)
        {
            TruthParticle truth = image.Particles[i];
            for (int j = 0; j < found.Count; j++)
            {
                double distance = Math.Sqrt(Math.Pow((found[j].XPx - truth.CentrePx.XPx) * image.PixelWidthNm, 2) + Math.Pow((found[j].YPx - truth.CentrePx.YPx) * image.PixelHeightNm, 2));
                double near = 1 - (distance / (0.5 * truth.ShortAxisNm));
                if (near >= 0)
                {
                    candidates.Add((i, j, near));
                }
            }
        }

        int[] partner = OneToOne.Match(image.Particles.Count, found.Count, candidates);
        return
        [
            .. image.Particles.Select((truth, i) => new ScoredParticle { Sample = sample, File = file, Truth = truth, Found = partner[i] < 0 ? null : found[partner[i]] }),
            .. found.Where((_, j) => !partner.Contains(j)).Select(particle => new ScoredParticle { Sample = sample, File = file, Found = particle }),
        ];
    }
}
