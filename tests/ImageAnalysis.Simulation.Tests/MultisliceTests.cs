using System.Numerics;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Simulation.Tests;

public sealed class MultisliceTests
{
    private const double CellNm = 0.585;

    private static MultisliceOptions Small { get; } = new() { WidthPx = 64, HeightPx = 48, SliceNm = 0.1 };

    [Fact]
    public void Potential_SeveralAtoms_SumsUpToTheirForwardScattering()
    {
        AtomicSpecimen specimen = new(1.3, 1.1, [new(29, 0.31, 0.2, 0, 0.01), new(34, 1.2999, -0.07, 0.3, 0), new(6, 0.9, 1.05, 0.31, 0.02)]);

        Raster<float> potential = Multislice.ProjectedPotential(specimen, Small);

        double integral = potential.Pixels.ToArray().Sum(value => (double)value) * (1.3 / 64) * (1.1 / 48);
        double forward = new[] { 29, 34, 6 }.Sum(z => ElectronScatteringFactor.Of(z).FactorAngstrom(0));

        // 2πa₀e Σ f(0), f in Å: V·Å³ = 10⁻³ V·nm³; single precision.
        Assert.Equal(1, integral / (47.877647e-3 * forward), 1e-5);
    }

    [Fact]
    public void Potential_AtomBetweenPoints_IsTheFourierSumOfItsScatteringFactor()
    {
        const double x0 = 0.4137, y0 = 0.2911, u = 0.012, width = 1.28, height = 0.96;
        Raster<float> potential = Multislice.ProjectedPotential(new AtomicSpecimen(width, height, [new(29, x0, y0, 0, u)]), Small);
        double limit = 2.0 / 3.0 * 32 / width;
        double Direct(int x, int y)
        {
            double sum = 0;
            for (int k = -31; k <= 31; k++)
            {
                for (int l = -23; l <= 23; l++)
                {
                    double gx = k / width, gy = l / height, g2 = (gx * gx) + (gy * gy);
                    if (g2 <= limit * limit)
                    {
                        double phase = 2 * Math.PI * ((gx * ((x * width / 64) - x0)) + (gy * ((y * height / 48) - y0)));
                        sum += ElectronScatteringFactor.Of(29).FactorAngstrom(0.05 * Math.Sqrt(g2)) * Math.Exp(-2 * Math.PI * Math.PI * u * u * g2) * Math.Cos(phase);
                    }
                }
            }

            return sum * 47.877647e-3 / (width * height);
        }

        double largest = potential.Pixels.ToArray().Max();
        foreach ((int x, int y) in ((int, int)[])[(20, 14), (21, 15), (23, 14), (20, 18), (40, 40), (0, 0)])
        {
            // Spline weights leave (ν/(1 − ν))⁶ of the amplitude at frequency ν, 1.6 % at the cut-off, where little is left of the atom.
            Assert.Equal(Direct(x, y), potential[x, y], 0.003 * largest);
        }
    }

    [Fact]
    public void ExitWave_Vacuum_IsOneEverywhere()
    {
        ExitWave wave = Multislice.MeanExitWave(new AtomicSpecimen(2, 2, []), Small);

        Assert.Equal(1, wave.TransmittedFraction(), 1e-6);
        ComplexRaster real = wave.ToWave();
        Assert.Equal(1, real[11, 17].Real, 1e-6);
        Assert.Equal(0, real[11, 17].Imaginary, 1e-6);
    }

    [Fact]
    public void Propagator_OneFrequency_TurnsByPiLambdaDistanceTimesItsSquare()
    {
        FrequencyGrid grid = new(32, 24, 0.05, 0.04, 2.0 / 3.0);
        ComplexRaster spectrum = new(32, 24);
        spectrum.Re[(22 * spectrum.Stride) + 3] = 2; // u = 3, v = −2
        spectrum.Re[(12 * spectrum.Stride) + 16] = 5; // the corner lies beyond the circle

        new FresnelPropagator(grid, 0.0025, 4).Apply(spectrum);

        // g² = (3/1.6)² + (2/0.96)² = 3.515625 + 4.340278 nm⁻²; phase −π · 0.01 nm² · g².
        double phase = -Math.PI * 0.01 * 7.855903;
        Assert.Equal(2 * Math.Cos(phase), spectrum[3, 22].Real, 1e-5);
        Assert.Equal(2 * Math.Sin(phase), spectrum[3, 22].Imaginary, 1e-5);
        Assert.Equal(Complex.Zero, spectrum[16, 12]);
    }

    [Fact]
    public void ExitWave_CarbonFilm_LosesNoElectrons()
    {
        AtomicSpecimen film = new(2.56, 2.56, CarbonFilm.Build(2.56, 2.56, 0, new CarbonFilmOptions { ThicknessNm = 4 }, 5));

        ExitWave wave = Multislice.DisplacedExitWave(film, new MultisliceOptions { WidthPx = 256, HeightPx = 256 }, 3);

        // A phase grating and a propagator keep |ψ|²; only scattering beyond the circle (33 nm⁻¹, 84 mrad) is lost, which was 2e-5 and less.
        Assert.InRange(wave.TransmittedFraction(), 0.9995, 1.00001);
    }

    [Fact]
    public void ExitWave_OneLightAtom_IsTheKinematicAmplitude()
    {
        const double width = 1.28;
        MultisliceOptions options = new() { WidthPx = 64, HeightPx = 64 };
        ExitWave wave = Multislice.MeanExitWave(new AtomicSpecimen(width, width, [new(6, 0, 0, 0, 0.01)]), options);

        foreach ((int u, int v) in ((int, int)[])[(1, 0), (2, 1), (0, 4), (5, 60), (10, 0)])
        {
            double gy = (v > 32 ? v - 64 : v) / width, gx = u / width, g2 = (gx * gx) + (gy * gy);
            double first = ElectronBeam.InteractionPerVoltNm(200) * 47.877647e-3 / (width * width)
                * ElectronScatteringFactor.Of(6).FactorAngstrom(0.05 * Math.Sqrt(g2)) * Math.Exp(-2 * Math.PI * Math.PI * 1e-4 * g2);

            // exp(iσV) − 1 = iσV − (σV)²/2 − …: the second order is real, the third below 1 % (σV is at most 0.2).
            Complex amplitude = wave.Spectrum[u, v] / (64 * 64);
            Assert.Equal(1, amplitude.Imaginary / first, 0.02);
        }
    }

    [Fact]
    public void ExitWave_ThinCrystal_HasTheStructureFactorsOfAntifluorite()
    {
        ExitWave wave = Multislice.MeanExitWave(new AtomicSpecimen(CellNm, CellNm, Antifluorite(1)), new MultisliceOptions { WidthPx = 64, HeightPx = 64, VoltageKv = 1000, SliceNm = 0.14 });
        double Factor(int z, double g) => ElectronScatteringFactor.Of(z).FactorAngstrom(0.05 * g) * Math.Exp(-2 * Math.PI * Math.PI * 1e-4 * g * g);
        double unit = ElectronBeam.InteractionPerVoltNm(1000) * 47.877647e-3 / (CellNm * CellNm);
        double g200 = 2 / CellNm, g220 = Math.Sqrt(8) / CellNm;

        // F(200) = 4 (f_Se − 2 f_Cu), F(220) = 4 (f_Se + 2 f_Cu), F(100) = F(110) = 0: faces are centred. One cell of 0.585 nm turns the wave by 0.06 rad: 3 % of double scattering.
        Assert.Equal(1, (wave.Spectrum[2, 2] / 4096).Magnitude / (unit * 4 * (Factor(34, g220) + (2 * Factor(29, g220)))), 0.03);
        Assert.Equal(unit * 4 * Math.Abs(Factor(34, g200) - (2 * Factor(29, g200))), (wave.Spectrum[2, 0] / 4096).Magnitude, 0.006);
        Assert.True(wave.Spectrum[1, 0].Magnitude / 4096 < 1e-5);

        // (110) vanishes over a whole cell only: layers half a cell apart cancel but for the phase πλΔz g² = 0.005 between them.
        Assert.True(wave.Spectrum[1, 1].Magnitude / 4096 < 1e-3);
    }

    [Fact]
    public void ExitWave_ThinnerSlices_Converges()
    {
        AtomicSpecimen film = new(1.28, 1.28, CarbonFilm.Build(1.28, 1.28, 0, new CarbonFilmOptions { ThicknessNm = 6 }, 8));
        ExitWave At(double sliceNm) => Multislice.MeanExitWave(film, new MultisliceOptions { WidthPx = 64, HeightPx = 64, SliceNm = sliceNm });
        ExitWave finest = At(0.03);

        double coarse = Difference(At(0.96), finest), half = Difference(At(0.48), finest), quarter = Difference(At(0.24), finest);

        // Each atom is moved by a quarter of a slice on the average, either way: the error falls at least in proportion.
        Assert.True(half < 0.6 * coarse && quarter < 0.6 * half, $"{coarse} {half} {quarter}");
        Assert.True(half < 0.08, $"{half}"); // of the scattered amplitude up to 17 nm⁻¹; 0.064 was measured
    }

    [Fact]
    public void ExitWave_Crystal_TwoBeamsBeatWithThickness()
    {
        // Systematic row of (220) at 200 kV: the central beam falls and comes back with thickness, and what it loses is in the diffracted beams.
        double[] central = [.. new[] { 1, 8, 16, 24, 40 }.Select(cells =>
        {
            ExitWave wave = Multislice.MeanExitWave(
                new AtomicSpecimen(CellNm, CellNm, Antifluorite(cells)), new MultisliceOptions { WidthPx = 48, HeightPx = 48, SliceNm = 0.1463 });
            Assert.InRange(wave.TransmittedFraction(), 0.97, 1.00001);
            return Math.Pow(wave.Spectrum[0, 0].Magnitude / (48 * 48), 2);
        })];

        Assert.True(central[0] > 0.9, $"{central[0]}");
        Assert.True(central.Min() < 0.4, $"{string.Join(' ', central)}");
        Assert.True(central[^1] > central.Min() || central[3] > central.Min(), $"{string.Join(' ', central)}");
    }

    [Fact]
    public void DisplacedExitWave_Seed_DecidesAlone()
    {
        AtomicSpecimen specimen = new(CellNm, CellNm, Antifluorite(2));
        MultisliceOptions options = new() { WidthPx = 32, HeightPx = 32 };

        ExitWave first = Multislice.DisplacedExitWave(specimen, options, 1), again = Multislice.DisplacedExitWave(specimen, options, 1), other = Multislice.DisplacedExitWave(specimen, options, 2);

        Assert.True(first.Spectrum.Re.SequenceEqual(again.Spectrum.Re) && first.Spectrum.Im.SequenceEqual(again.Spectrum.Im));
        Assert.True(Difference(first, other) > 0.01);
    }

    [Fact]
    public void Options_OutsideLimits_AreRefusedByName()
    {
        AtomicSpecimen vacuum = new(1, 1, []);
        foreach ((MultisliceOptions options, string name) in ((MultisliceOptions, string)[])[
            (new() { WidthPx = 8 }, "WidthPx"), (new() { HeightPx = 9000 }, "HeightPx"), (new() { VoltageKv = double.NaN }, "VoltageKv"),
            (new() { SliceNm = 0 }, "SliceNm"), (new() { BandLimitFraction = 0.9 }, "BandLimitFraction")])
        {
            Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => Multislice.MeanExitWave(vacuum, options)).ParamName);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => new AtomicSpecimen(0, 1, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AtomicSpecimen(1, 1, [new(0, 0, 0, 0, 0)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AtomicSpecimen(1, 1, [new(6, double.NaN, 0, 0, 0)]));
        Assert.Throws<ArgumentException>(() => new AtomicSpecimen(1, 1, [new(6, 0, 0, 0, 0), new(6, 0, 0, 1001, 0)]));
    }

    /// <summary>Root mean square of the difference, over that of the second wave without its central beam.</summary>
    private static double Difference(ExitWave a, ExitWave b)
    {
        double difference = 0, scattered = 0;
        for (int y = 0; y < a.Spectrum.HeightPx; y++)
        {
            for (int x = 0; x < a.Spectrum.WidthPx; x++)
            {
                if (x != 0 || y != 0)
                {
                    difference += Math.Pow((a.Spectrum[x, y] - b.Spectrum[x, y]).Magnitude, 2);
                    scattered += Math.Pow(b.Spectrum[x, y].Magnitude, 2);
                }
            }
        }

        return Math.Sqrt(difference / scattered);
    }

    /// <summary>Cells of antifluorite Cu₂Se along the beam, u = 0.01 nm.</summary>
    private static IEnumerable<SpecimenAtom> Antifluorite(int cells)
    {
        for (int cell = 0; cell < cells; cell++)
        {
            foreach ((double x, double y, double z) in ((double, double, double)[])[(0, 0, 0), (0, 0.5, 0.5), (0.5, 0, 0.5), (0.5, 0.5, 0)])
            {
                yield return new(34, x * CellNm, y * CellNm, (cell + z) * CellNm, 0.01);
                yield return new(29, (x + 0.25) * CellNm, (y + 0.25) * CellNm, (cell + 0.25) * CellNm, 0.01);
                yield return new(29, (x + 0.25) * CellNm, (y + 0.25) * CellNm, (cell + 0.75) * CellNm, 0.01);
            }
        }
    }
}
