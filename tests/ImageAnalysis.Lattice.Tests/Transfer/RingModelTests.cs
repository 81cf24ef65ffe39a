namespace ImageAnalysis.Lattice.Tests;

public sealed class RingModelTests
{
    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(1, 0.7651976866, 0.4400505857)]
    [InlineData(2.9, -0.2243115458, 0.3754274818)]
    [InlineData(5, -0.1775967713, -0.3275791376)]
    [InlineData(-5, -0.1775967713, 0.3275791376)]
    [InlineData(20, 0.1670246643, 0.0668331242)]
    public void Bessel_Tables_AreMet(double x, double j0, double j1)
    {
        Assert.Equal(j0, Bessel.J0(x), 2e-7);
        Assert.Equal(j1, Bessel.J1(x), 2e-7);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void LogPower_Derivatives_AreThoseOfDifferences(bool allDirections)
    {
        List<SupportSpectrum.Frequency> places = [.. Enumerable.Range(0, 400).Select(i => Place(1 + (0.02 * i), 37.0 * i))];
        RingData data = RingData.Of(places, [.. places.Select(_ => 1.0)], 1, 1, 0.5, 8.5, allDirections ? 0.4 : null, 1, 9);

        // Without a window: how the window's centre of gravity moves is left out of the derivatives.
        RingModel model = new(data, new TransferLens(200, 0.7, 0.1), new TransferOptions { FilmThicknessNm = 4 }, allDirections ? -data.Smear2 : 0);
        double[] p = [.. model.Prior.Select(prior => prior.Mean)];
        (p[RingModel.Defocus], p[RingModel.AstigmatismCos], p[RingModel.AstigmatismSin], p[RingModel.Strength + 1], p[RingModel.Strength + 2], p[RingModel.Strength + 3]) = (-60, 5, allDirections ? 0 : -3, 0.2, -0.1, 0.05);
        double[] slope = new double[RingModel.ParameterCount];
        for (int i = 0; i < data.Count; i += 3)
        {
            model.LogPower(i, p, model.SharedOf(p), slope);
            for (int k = 0; k < RingModel.ParameterCount; k++)
            {
                double step = k is RingModel.Defocus or RingModel.AstigmatismCos or RingModel.AstigmatismSin ? 1e-4 : 1e-6;
                double[] up = [.. p], down = [.. p];
                up[k] += step;
                down[k] -= step;
                double difference = (model.LogPower(i, up, model.SharedOf(up), []) - model.LogPower(i, down, model.SharedOf(down), [])) / (2 * step);

                // Bessel functions are good to 1e-7 and divided by the step.
                Assert.Equal(difference, slope[k], Math.Max(2e-3, 1e-4 * Math.Abs(difference)));
            }
        }

        static SupportSpectrum.Frequency Place(double g, double angle)
        {
            (double sin, double cos) = Math.SinCos(angle);
            return new SupportSpectrum.Frequency(1, 1, g * Math.Abs(cos), g * sin, g * g / 1600);
        }
    }

    [Fact]
    public void FilmScattering_Carbon_FallsAsElectronScatteringDoes()
    {
        // f_e at s = 0.1 and 0.25 Å⁻¹ by the formula of Mott and Bethe from X-ray factors, against the simulator's own table (Lobato and Van Dyck): two calculations of the atom, 3 %.
        FilmScattering film = new("C");
        double fourth = 1 - (0.6 * Math.Exp(-4 / 16.0)), other = 1 - (0.6 * Math.Exp(-25 / 16.0));
        double ratio = Math.Sqrt(Math.Exp(film.Log(4) - film.Log(25)) * other / fourth);
        double expected = Simulation.ElectronScatteringFactor.Of(6).FactorAngstrom(0.1) / Simulation.ElectronScatteringFactor.Of(6).FactorAngstrom(0.25);
        Assert.Equal(expected, ratio, 0.03 * expected);
        Assert.Equal((film.Log(9.06) - film.Log(8.94)) / (Math.Sqrt(9.06) - Math.Sqrt(8.94)), film.SlopeOfLog(9), 1e-3);
    }

    [Fact]
    public void Deviance_BeyondTheLimit_GoesOnSmoothlyAndPullsLess()
    {
        double limit = RingFit.Limit(9);
        Assert.Equal(2, limit, 1e-12);
        Assert.Equal(RingFit.Deviance(limit - 1e-9, limit).Value, RingFit.Deviance(limit + 1e-9, limit).Value, 1e-8);
        Assert.Equal(RingFit.Deviance(limit, limit).Pull, RingFit.Deviance(limit + 1e-9, limit).Pull, 1e-8);
        Assert.True(RingFit.Deviance(50, limit).Pull < 0.3 * RingFit.Deviance(limit, limit).Pull);
    }
}
