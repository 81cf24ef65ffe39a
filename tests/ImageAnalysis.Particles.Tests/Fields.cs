using ImageAnalysis.Imaging;
using ImageAnalysis.Particles;
using ImageAnalysis.Simulation;

namespace ImageAnalysis.Tests.Particles;

/// <summary>Simulated fields and their comparison with the measurement.</summary>
internal static class Fields
{
    public static readonly HaadfOptions Small = new() { WidthPx = 512, HeightPx = 512 };

    public static IReadOnlyList<SizeMeasurement> Measure(Micrograph image, SizeOptions? options = null)
    {
        Segmentation found = ParticleSegmenter.Segment(image, new SegmentationOptions());
        return ParticleSizer.Measure(image, found, options ?? new SizeOptions());
    }

    /// <summary>Matches one to one, nearest first, within half the short axis; unmatched truths have no measurement.</summary>
    public static List<(HaadfParticleTruth Truth, SizeMeasurement? Found)> Match(SimulatedHaadf field, IReadOnlyList<SizeMeasurement> measured)
    {
        List<(double Distance, HaadfParticleTruth Truth, SizeMeasurement Found)> pairs = [];
        foreach (HaadfParticleTruth truth in field.Truth.Particles)
        {
            foreach (SizeMeasurement one in measured)
            {
                double dx = (one.XPx - truth.CentrePx.XPx) * field.Calibration.PixelWidthNm, dy = (one.YPx - truth.CentrePx.YPx) * field.Calibration.PixelHeightNm;
                double distance = Math.Sqrt((dx * dx) + (dy * dy));
                if (distance < truth.ShortAxisNm / 2)
                {
                    pairs.Add((distance, truth, one));
                }
            }
        }

        Dictionary<HaadfParticleTruth, SizeMeasurement> matched = [];
        HashSet<SizeMeasurement> used = [];
        foreach ((_, HaadfParticleTruth truth, SizeMeasurement one) in pairs.OrderBy(static p => p.Distance))
        {
            if (!matched.ContainsKey(truth) && used.Add(one))
            {
                matched[truth] = one;
            }
        }

        return [.. field.Truth.Particles.Select(t => (t, matched.GetValueOrDefault(t)))];
    }
}
