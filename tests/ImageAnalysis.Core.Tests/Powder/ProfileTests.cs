using ImageAnalysis.Core;

namespace ImageAnalysis.Tests;

/// <summary>The shapes of lines.</summary>
public sealed class ProfileTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(1)]
    public void PseudoVoigt_OfAnyMixture_HasUnitAreaAndItsWidth(double eta)
    {
        // Half the maximum at half the width, and the area by the trapezium rule over ±2000 widths; a Lorentzian's wings beyond hold 2/(π·4000) = 1.6e-4 of it.
        Assert.Equal(PseudoVoigt.At(0, 0, 0.7, eta) / 2, PseudoVoigt.At(0.35, 0, 0.7, eta), 1e-12);
        double area = Enumerable.Range(-100_000, 200_001).Sum(i => PseudoVoigt.At(i * 0.014, 0, 0.7, eta) * 0.014);
        Assert.Equal(1 - (eta * 1.6e-4), area, 1e-5);
    }

    [Theory]
    [InlineData(20, 0.05)]
    [InlineData(21, 0.15)]
    [InlineData(60, 0.3)]
    public void Spheres_OfAnySpread_HaveUnitAreaAndTheHeightOfTheirMoments(double mean, double spread)
    {
        // p(0) = (3/8π)⟨D⁴⟩/⟨D³⟩; of a gamma distribution with k = 1/spread² that is (3/8π)·mean·(k + 3)/k.
        var profile = new SphereProfile(mean, spread);
        double k = 1 / (spread * spread);
        profile.At(0, out double height, out double slope, out _, out _);
        Assert.Equal(3 / (8 * Math.PI) * mean * (k + 3) / k, height, 1e-9 * height);
        Assert.Equal(0, slope);

        // The wings fall as 3/(2πs²)·⟨D²⟩/⟨D³⟩; beyond s = 40 they hold less than 3/(2π·40·20)·2 = 1.2e-3.
        double step = 0.005, area = 0;
        for (int i = -8000; i <= 8000; i++)
        {
            profile.At(i * step, out double value, out _, out _, out _);
            area += value * step;
        }

        Assert.Equal(1, area, 1.5e-3);
    }

    [Fact]
    public void Spheres_WithoutSpread_AreTheSharedVolumeOfOneSphere()
    {
        // (1/π)∫₀ᴰ (1 − 3t/2D + t³/2D³) cos(st) dt by Simpson's rule; a spread of 0.02 changes the second moment by 4e-4.
        var profile = new SphereProfile(30, 0.02);
        foreach (double s in new[] { 0.0, 0.005, 0.05, 0.15, 0.3 })
        {
            const int n = 2000;
            double sum = 0, h = 30.0 / n;
            for (int i = 0; i <= n; i++)
            {
                double t = i * h, weight = i is 0 or n ? 1 : i % 2 == 0 ? 2 : 4;
                sum += weight * (1 - (1.5 * t / 30) + (0.5 * Math.Pow(t / 30, 3))) * Math.Cos(s * t);
            }

            profile.At(s, out double value, out _, out _, out _);
            Assert.Equal(sum * h / 3 / Math.PI, value, 5e-3 * 3.58);
        }
    }

    [Fact]
    public void Spheres_Derivatives_MatchDifferences()
    {
        // Central differences with steps of 1e-5; both sides of the change from the series to the closed form (sD̄ = 0.6).
        foreach (double s in new[] { -0.9, -0.05, 0.001, 0.019, 0.021, 0.2, 2.5 })
        {
            new SphereProfile(30, 0.2).At(s, out _, out double byS, out double byMean, out double bySpread);
            Assert.Equal(Difference(h => Value(30, 0.2, s + h)), byS, 1e-6 * (1 + Math.Abs(byS)));
            Assert.Equal(Difference(h => Value(30 + h, 0.2, s)), byMean, 1e-6);
            Assert.Equal(Difference(h => Value(30, 0.2 + h, s)), bySpread, 1e-5);
        }
    }

    [Fact]
    public void SphereTable_BetweenNodes_IsTheProfile()
    {
        var table = new SphereTable();
        table.Fill(21, 0.12, 4);
        var profile = new SphereProfile(21, 0.12);
        for (double s = -3.9; s < 3.9; s += 0.0137)
        {
            profile.At(s, out double value, out double byS, out double byMean, out double bySpread);
            var found = table.At(s);

            // Cubics over a twentieth of a period: the fourth derivative times (0.05)⁴·3/128 is 1.5e-7 of the maximum 2.6.
            Assert.Equal(value, found[0], 2e-6);
            Assert.Equal(byS, found[1], 1e-4);
            Assert.Equal(byMean, found[2], 1e-6);
            Assert.Equal(bySpread, found[3], 1e-4);
        }
    }

    [Fact]
    public void Chebyshev_OfThreeTerms_AreTheKnownPolynomials()
    {
        // u = −1, −½, 0, ½, 1 on 10…50: T₂ = 2u² − 1 = 1, −½, −1, −½, 1.
        Assert.Equal([1.0, 1, 1, 1, 1], ChebyshevBackground.At([10, 20, 30, 40, 50], [1]));
        Assert.Equal([-1, -0.5, 0, 0.5, 1], ChebyshevBackground.At([10, 20, 30, 40, 50], [0, 1]));
        Assert.Equal([1, -0.5, -1, -0.5, 1], ChebyshevBackground.At([10, 20, 30, 40, 50], [0, 0, 1]));
    }

    private static double Value(double mean, double spread, double s)
    {
        new SphereProfile(mean, spread).At(s, out double value, out _, out _, out _);
        return value;
    }

    private static double Difference(Func<double, double> value) => (value(1e-5) - value(-1e-5)) / 2e-5;
}
