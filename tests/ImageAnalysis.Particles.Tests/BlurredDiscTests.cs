using ImageAnalysis.Particles;

namespace ImageAnalysis.Tests.Particles;

public class BlurredDiscTests
{
    [Theory]
    [InlineData(0.0, 0.10, 0.50)]
    [InlineData(0.7, 0.10, 0.50)]
    [InlineData(1.0, 0.10, 0.50)]
    [InlineData(1.2, 0.10, 0.50)]
    [InlineData(0.9, 0.05, 0.20)]
    [InlineData(0.5, 0.40, 0.35)]
    public void Integrate_AnyDistance_IsTheTwoDimensionalConvolution(double u, double blur, double shape)
    {
        // The same convolution summed directly over a fine square grid; the midpoint rule with 1600 steps across errs by less than 2e-4 at the rim's root.
        double direct = 0, step = 2.0 / 1600;
        for (double y = -1 + (step / 2); y < 1; y += step)
        {
            for (double x = -1 + (step / 2); x < 1; x += step)
            {
                double v = Math.Sqrt((x * x) + (y * y));
                if (v < 1)
                {
                    double d2 = ((x - u) * (x - u)) + (y * y);
                    direct += Math.Pow(1 - Math.Pow(v, 1 / shape), shape) * Math.Exp(-d2 / (2 * blur * blur));
                }
            }
        }

        direct *= step * step / (2 * Math.PI * blur * blur);
        Assert.Equal(direct, BlurredDisc.Integrate(u, blur, shape), 3e-4);
    }

    [Fact]
    public void Fill_BetweenPlanes_FollowsTheIntegral()
    {
        // Cubic interpolation between planes a twentieth apart in shape and a seventh in ln(blur): the remainder is of fourth order in the step, some 1e-4, and largest at the rim.
        float[] table = new float[8 * BlurredDisc.Nodes];
        foreach ((double blur, double shape) in new[] { (0.031, 0.33), (0.083, 0.47), (0.21, 0.62), (0.5, 0.5) })
        {
            double density = BlurredDisc.Fill(blur, shape, table);
            for (int k = 1; k < BlurredDisc.Nodes - 2; k += 7)
            {
                Assert.Equal(BlurredDisc.Integrate((k - 1) / density, blur, shape), table[8 * k], 0.0015);
            }
        }
    }

    [Theory]
    [InlineData(0.083, 0.376)] // a plane of the table
    [InlineData(0.083, 0.39)]
    [InlineData(0.21, 0.47)]
    public void Fill_Derivatives_AreThoseOfTheProfile(double blur, double shape)
    {
        // Central differences over a hundredth of a plane's distance in the same table; single precision leaves 2e-7 / 4e-4 = 5e-4 of a derivative near 1. Columns: 4 by ln(blur), 6 by shape.
        const double step = 4e-4;
        float[] here = new float[8 * BlurredDisc.Nodes], less = new float[8 * BlurredDisc.Nodes], more = new float[8 * BlurredDisc.Nodes];
        BlurredDisc.Fill(blur, shape, here);
        Assert.Equal(BlurredDisc.Fill(blur, shape - step, less), BlurredDisc.Fill(blur, shape + step, more));
        Compare(6);
        Assert.Equal(BlurredDisc.Fill(blur * Math.Exp(-step), shape, less), BlurredDisc.Fill(blur * Math.Exp(step), shape, more));
        Compare(4);

        void Compare(int column)
        {
            for (int k = 1; k < BlurredDisc.Nodes - 2; k += 5)
            {
                Assert.Equal((more[8 * k] - less[8 * k]) / (2 * step), here[(8 * k) + column], 2e-3);
            }
        }
    }
}
