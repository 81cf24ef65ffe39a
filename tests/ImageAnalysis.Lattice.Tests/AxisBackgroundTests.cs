using ImageAnalysis.Imaging;

namespace ImageAnalysis.Lattice.Tests;

public sealed class AxisBackgroundTests
{
    private static readonly StreakPrior Prior = new(0.03, 100, 4);

    [Fact]
    public void SnrAt_APValue_IsTheInverseOfPValue()
    {
        AxisBackground axis = Axes(1, 1).First();
        Assert.All((double[])[0.3, 0.05, 0.002, 1e-6], p => Assert.Equal(p, axis.PValue(axis.SnrAt(p)), 1e-6 * p));
    }

    [Fact]
    public void Without_IsTheRingsLaw()
    {
        AxisBackground axis = Axes(1, 1).First(), ring = AxisBackground.Without(axis.Ring);
        Assert.All((double[])[0.5, 3, 12], snr => Assert.Equal(axis.Ring.PValue(snr), ring.PValue(snr), 1e-12));
        Assert.Equal(0, ring.StreakProbability, 12);
        Assert.Null(ring.ControlRatio);
    }

    /// <summary>In noise nothing speaks for streaks: their probability stays near the 3 % that were expected beforehand, and the p-value of a power that noise reaches in 1 of 1000 places rises to three times as much at most.</summary>
    [Fact]
    public void InNoise_LittleChanges()
    {
        AxisBackground[] axes = [.. Axes(40, 12)];
        Assert.All(axes, static axis => Assert.NotNull(axis.ControlRatio));
        Assert.InRange(axes.Average(static axis => axis.ControlRatio!.Value), 0.85, 1.15);
        Assert.InRange(axes.Average(static axis => axis.StreakProbability), 0.005, 0.05);
        Assert.InRange(axes.Average(static axis => axis.PValue(axis.Ring.SnrAt(0.001))), 0.001, 0.003);
    }

    // Windows of 3.5 to 4.5 nm in white noise.
    private static IEnumerable<AxisBackground> Axes(int images, int axesPerImage)
    {
        Random random = new(8); // the images and places of this test only
        for (int image = 0; image < images; image++)
        {
            const int Size = 256;
            float[] pixels = new float[Size * Size];
            for (int i = 0; i < pixels.Length; i++)
            {
                pixels[i] = (float)(1000 + (30 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())));
            }

            WorkImage work = WorkImage.Make(new Raster<float>(Size, Size, pixels), 0.04, 0.04, 6.2);
            SupportModel support = new(FringeSearch.Run(work, 1.2, 5.2, [0.55, 1.2], 7.5).Supports);
            for (int i = 0; i < axesPerImage; i++)
            {
                double x = 3 + (4.2 * random.NextDouble()), y = 3 + (4.2 * random.NextDouble()), angle = Math.PI * random.NextDouble(), gx = 1.48 * Math.Cos(angle), gy = 1.48 * Math.Sin(angle);
                CrystalWindow window = CrystalWindow.Of(work, x, y, 3.5 + random.NextDouble(), 3.5 + random.NextDouble());
                LocalBackground ring = LocalBackground.At(window, support, gx, gy, [(gx, gy, 1.4)], CrystalMeasuring.Prior);
                yield return AxisBackground.At(window, support, ring, gx, gy, PlaceRow.Axis(gx, gy, 1), [], Prior);
            }
        }
    }
}
