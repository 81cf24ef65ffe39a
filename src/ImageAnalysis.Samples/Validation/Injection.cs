using ImageAnalysis.Imaging;
using ImageAnalysis.Lattice;

namespace ImageAnalysis.Samples;

/// <summary>A superlattice that is to be put in.</summary>
/// <param name="Crystal">The crystal as the run found it.</param>
/// <param name="Fringe">The fringe whose half order it is.</param>
/// <param name="AmplitudeRatio">Amplitude over that of the fringe.</param>
/// <param name="PhaseDeg">Phase in the crystal's centre.</param>
/// <param name="Others">The order's other places, with amplitude and phase as above; empty for the half order alone.</param>
internal sealed record InjectedWave(CrystalMeasurement Crystal, FringeMeasurement Fringe, double AmplitudeRatio, double PhaseDeg, IReadOnlyList<InjectedPlace> Others);

/// <summary>A higher order or a satellite of another fringe that is put in beside the half order.</summary>
/// <param name="Place">Where it lies.</param>
/// <param name="AmplitudeRatio">Amplitude over that of the fringe.</param>
/// <param name="PhaseDeg">Phase in the crystal's centre.</param>
internal readonly record struct InjectedPlace(ReciprocalVector Place, double AmplitudeRatio, double PhaseDeg);

/// <summary>Puts superlattices into an image: cosines of half a fringe's frequency, as strong in the middle of the crystal as asked for, falling to its edge as the thickness of an ellipsoid does.</summary>
internal static class Injection
{
    /// <summary>The image with the waves; the given one is not changed.</summary>
    public static Micrograph Into(Micrograph image, IReadOnlyList<InjectedWave> waves, int periodCount)
    {
        int width = image.Pixels.WidthPx, height = image.Pixels.HeightPx;
        float[] pixels = [.. image.Pixels.Pixels];
        foreach (InjectedWave wave in waves)
        {
            CrystalMeasurement c = wave.Crystal;
            double halfWidth = 0.5 * (c.X1Px - c.X0Px), halfHeight = 0.5 * (c.Y1Px - c.Y0Px);
            (double Gx, double Gy, double Amplitude, double Phase)[] cosines =
            [
                (wave.Fringe.G.XPerPx / periodCount, wave.Fringe.G.YPerPx / periodCount, wave.AmplitudeRatio * wave.Fringe.AmplitudeCounts, wave.PhaseDeg * Math.PI / 180),
                .. wave.Others.Select(other => (other.Place.XPerPx, other.Place.YPerPx, other.AmplitudeRatio * wave.Fringe.AmplitudeCounts, other.PhaseDeg * Math.PI / 180)),
            ];
            for (int y = Math.Max(0, c.Y0Px); y < Math.Min(height, c.Y1Px); y++)
            {
                for (int x = Math.Max(0, c.X0Px); x < Math.Min(width, c.X1Px); x++)
                {
                    double dx = x - c.XPx, dy = y - c.YPx, inside = 1 - Math.Pow(dx / halfWidth, 2) - Math.Pow(dy / halfHeight, 2);
                    if (inside <= 0)
                    {
                        continue;
                    }

                    double sum = 0;
                    foreach ((double gx, double gy, double amplitude, double phase) in cosines)
                    {
                        sum += amplitude * Math.Cos((2 * Math.PI * ((gx * dx) + (gy * dy))) + phase);
                    }

                    pixels[(y * width) + x] += (float)(Math.Sqrt(inside) * sum);
                }
            }
        }

        return image with { Pixels = new Raster<float>(width, height, pixels) };
    }

    /// <summary>The amplitude of a typical ordered crystal's half order over that of the fringe in the same image: by the power that the analysis expects of it, and the support's power at both frequencies.</summary>
    /// <returns>The ratio; <c>null</c> where the analysis expects nothing.</returns>
    public static double? TypicalRatio(FringeMeasurement fringe, IReadOnlyList<SupportPower> support)
    {
        double g = Math.Sqrt(Math.Pow(fringe.G.XPerPx, 2) + Math.Pow(fringe.G.YPerPx, 2));
        return fringe.Superlattice is { ExpectedSnr: double expected and > 0, PeriodRatio: > 0 } test && fringe.FringeSnr > 1 && PowerAt(support, g) is double whole && PowerAt(support, g / test.PeriodRatio) is double half
            ? Math.Sqrt(expected * half / ((fringe.FringeSnr - 1) * whole))
            : null;
    }

    /// <summary>Amplitudes of a typical ordered crystal's other places over that of its half order, likewise.</summary>
    public static IReadOnlyList<(ReciprocalVector Place, double Ratio)> OtherRatios(FringeMeasurement fringe, IReadOnlyList<SupportPower> support)
    {
        if (fringe.Superlattice is not { ExpectedPlacesSnr: { Count: > 0 } expected } test || expected[0] <= 0 || PowerAt(support, FrequencyOf(test.TestedPlaces[0])) is not double half)
        {
            return [];
        }

        return [.. Enumerable.Range(1, expected.Count - 1).Select(i => (test.TestedPlaces[i], PowerAt(support, FrequencyOf(test.TestedPlaces[i])) is double power ? Math.Sqrt(expected[i] * power / (expected[0] * half)) : 0))];
    }

    private static double FrequencyOf(ReciprocalVector place) => Math.Sqrt((place.XPerPx * place.XPerPx) + (place.YPerPx * place.YPerPx));

    private static double? PowerAt(IReadOnlyList<SupportPower> support, double frequencyPerPx)
    {
        for (int i = 1; i < support.Count; i++)
        {
            if (support[i].FrequencyPerPx >= frequencyPerPx)
            {
                double share = Math.Clamp((frequencyPerPx - support[i - 1].FrequencyPerPx) / (support[i].FrequencyPerPx - support[i - 1].FrequencyPerPx), 0, 1);
                return support[i - 1].PowerRatio + (share * (support[i].PowerRatio - support[i - 1].PowerRatio));
            }
        }

        return null;
    }
}
