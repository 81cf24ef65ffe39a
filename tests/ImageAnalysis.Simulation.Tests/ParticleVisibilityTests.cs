using System.Numerics;
using ImageAnalysis.Core;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Simulation.Tests;

public sealed class ParticleVisibilityTests
{
    private const double PixelNm = 0.03125;
    private const int Size = 256;

    private static LayerVacancyOptions Order { get; } = new() { LayerSpacingAngstrom = CopperSelenide.LayerSpacingAngstrom, DepletionFraction = 0.8 };

    private static ParticleTruthOptions Microscope { get; } = new()
    {
        Cell = CopperSelenide.Cell,
        PixelWidthNm = PixelNm,
        PixelHeightNm = PixelNm,
        Lens = new ObjectiveLens { DefocusNm = -45, SphericalAberrationMm = 0.7 },
        DosePerAngstrom2 = 1500,
        Film = new CarbonFilmOptions { ThicknessNm = 3 },
    };

    [Fact]
    public void Of_ZoneAxis110_SeesTwoOfTheFour()
    {
        ParticleTruth truth = ParticleVisibility.Of(Placed(CopperSelenide.Sphere(40), CrystalPose.Along(CopperSelenide.Cell, 1, -1, 0, inPlaneDeg: 10)), Microscope);

        // [1-10] is across (111) and (11-1), which enclose 70.53°.
        Assert.Equal(["1 1 -1", "1 1 1"], truth.Fringes.Select(fringe => fringe.Hkl).Order(StringComparer.Ordinal));
        double between = Math.Abs(truth.Fringes[0].AngleDeg - truth.Fringes[1].AngleDeg);
        Assert.Equal(70.529, Math.Min(between, 180 - between), 1e-3);
        Assert.All(truth.Fringes, fringe => Assert.Equal(0.585 / Math.Sqrt(3), fringe.SpacingNm, 1e-9));
        Assert.All(truth.Fringes, fringe => Assert.Equal(0, fringe.ElevationDeg, 1e-9));
        Assert.Equal(LatticeLabel.Regular, truth.Label);
        Assert.Null(truth.ObservableSuperlattice);
        Assert.True(truth.ObservableFringe);

        // F(111) = 4 f_Se − 4i f_Cu + 4i f_Cu: Se alone, all in phase. The rim of a sphere has no whole cells: some percent.
        Assert.All(truth.Fringes, fringe => Assert.Equal(1, fringe.AmplitudeRatio, 0.08));
        Assert.Equal(128, truth.CentrePx.XPx, 2.0);
        Assert.InRange(truth.DiameterNm, 3.8, 4.0);
    }

    [Fact]
    public void Of_OrderedParticle_HasTheHalfOrderOfItsVacancies()
    {
        ParticleTruth truth = ParticleVisibility.Of(
            Placed(LayerVacancies.Make(CopperSelenide.Sphere(40), Order, 1), CrystalPose.Along(CopperSelenide.Cell, 1, -1, 0)), Microscope with { Vacancies = Order });

        FringeTruth carrier = Assert.Single(truth.Fringes, fringe => fringe.SuperlatticeAxis);
        FringeTruth other = Assert.Single(truth.Fringes, fringe => !fringe.SuperlatticeAxis);
        Assert.Equal("1 1 1", carrier.Hkl);
        Assert.Equal(LatticeLabel.Ordered, truth.Label);
        Assert.True(truth.ObservableSuperlattice);

        // Two Cu for each Se in four layers: one layer has half a Cu for each Se, and of these 0.8 are missing: 0.8 · ½ · f_Cu/f_Se at s = 0.074 Å⁻¹, with
        // the B of each (exp(−0.7 s²) = 0.996).
        double g = 0.5 * Math.Sqrt(3) / 5.85, expected = 0.4 * ElectronScatteringFactor.Of(29).FactorAngstrom(0.5 * g) / ElectronScatteringFactor.Of(34).FactorAngstrom(0.5 * g);
        Assert.Equal(expected, carrier.HalfAmplitudeRatio, 0.04);
        Assert.InRange(other.HalfAmplitudeRatio, 0, 0.06);
    }

    [Theory]
    [InlineData(0, 1, 1e-9)]
    [InlineData(2, 0.447, 0.03)] // the transform of a sphere, 3 (sin x − x cos x)/x³, x = π · 6 nm · 2.961 nm⁻¹ · sin 2° = 1.948: 0.6687
    [InlineData(4, 0.0121, 0.004)] // x = 3.893: 0.110
    public void Of_TiltedParticle_LosesItsFringe(double tiltDeg, double powerRatio, double tolerance)
    {
        // (111) lies along x where the zone [1-10] is turned so; tilting towards its direction lifts it out of the image plane.
        Cluster cluster = CopperSelenide.Sphere(60);
        CrystalPose straight = CrystalPose.Along(CopperSelenide.Cell, 1, -1, 0);
        double direction = ParticleVisibility.Of(Placed(cluster, straight), Microscope).Fringes.Single(fringe => fringe.Hkl == "1 1 1").AngleDeg;
        FringeTruth before = ParticleVisibility.Of(Placed(cluster, straight), Microscope).Fringes.Single(fringe => fringe.Hkl == "1 1 1");
        FringeTruth after = ParticleVisibility.Of(Placed(cluster, CrystalPose.Along(CopperSelenide.Cell, 1, -1, 0, tiltDeg, direction)), Microscope).Fringes.Single(fringe => fringe.Hkl == "1 1 1");

        Assert.Equal(tiltDeg, after.ElevationDeg, 1e-6);
        Assert.Equal(powerRatio, after.ExpectedSnr / before.ExpectedSnr, tolerance);
        Assert.Equal(before.SpacingNm, after.SpacingNm, 1e-9);
    }

    [Fact]
    public void Of_Elongation_LengthensTheModulatedSpacingOnly()
    {
        LayerVacancyOptions stretched = Order with { ElongationFraction = 0.02 };
        ParticleTruth truth = ParticleVisibility.Of(
            Placed(LayerVacancies.Make(CopperSelenide.Sphere(40), stretched, 1), CrystalPose.Along(CopperSelenide.Cell, 1, -1, 0)), Microscope with { Vacancies = stretched });

        double d = 0.585 / Math.Sqrt(3);
        Assert.Equal(1.02 * d, truth.Fringes.Single(fringe => fringe.SuperlatticeAxis).SpacingNm, 1e-6);

        // (g·n)/g of the other is cos 70.53° = 1/3: its g² falls by 1/9 · (1 − 1.02⁻²).
        Assert.Equal(d / Math.Sqrt(1 - ((1 - (1 / (1.02 * 1.02))) / 9)), truth.Fringes.Single(fringe => !fringe.SuperlatticeAxis).SpacingNm, 1e-6);
    }

    [Fact]
    public void Of_OtherZone_ShowsNothing()
    {
        ParticleTruth truth = ParticleVisibility.Of(Placed(CopperSelenide.Sphere(30), CrystalPose.Along(CopperSelenide.Cell, 0, 0, 1)), Microscope);

        Assert.Equal(LatticeLabel.NoFringe, truth.Label); // {111} stand 35.3° from the plane of [001]
        Assert.Empty(truth.Fringes);
        Assert.False(truth.ObservableFringe);
        Assert.Throws<ArgumentOutOfRangeException>(() => ParticleVisibility.Of(Placed(CopperSelenide.Sphere(30), CrystalPose.Along(CopperSelenide.Cell, 0, 0, 1)), Microscope with { HighestElevationDeg = 60 }));
    }

    [Fact]
    public void Image_OrderedParticle_ShowsFringesAndHalfOrderAsExpected()
    {
        Cluster cluster = LayerVacancies.Make(CopperSelenide.Sphere(40), Order, 1);
        ParticlePlacement placed = Placed(cluster, CrystalPose.Along(CopperSelenide.Cell, 1, -1, 0, inPlaneDeg: 20));
        const double side = Size * PixelNm;
        AssembledSpecimen specimen = SpecimenAssembly.Assemble(side, side, CarbonFilm.Build(side, side, 0, Microscope.Film!, 2), [placed]);
        Raster<float> intensity = LensImaging.MeanIntensity(specimen.Specimen, new MultisliceOptions { WidthPx = Size, HeightPx = Size }, Microscope.Lens, 2, 3);
        Raster<ushort> picture = HrtemDetector.Record(intensity, PixelNm, PixelNm, new HrtemDetectorOptions(), 4);
        ParticleTruth truth = ParticleVisibility.Of(placed, Microscope with { Vacancies = Order });
        FringeTruth carrier = truth.Fringes.Single(fringe => fringe.SuperlatticeAxis);

        // A Hann window about the particle; power at the place of each spot, over the mean of the ring around at other angles.
        const int half = 80;
        float[] window = new float[4 * half * half];
        double mean = picture.ToArray().Average(value => (double)value);
        for (int i = 0; i < window.Length; i++)
        {
            int x = i % (2 * half), y = i / (2 * half);
            double wx = Math.Pow(Math.Sin(Math.PI * (x + 0.5) / (2 * half)), 2), wy = Math.Pow(Math.Sin(Math.PI * (y + 0.5) / (2 * half)), 2);
            window[i] = (float)((picture[128 - half + x, 128 - half + y] - mean) * wx * wy);
        }

        double whole = Snr(window, 2 * half, 1 / carrier.SpacingNm, carrier.AngleDeg), halfOrder = Snr(window, 2 * half, 0.5 / carrier.SpacingNm, carrier.AngleDeg);
        double elsewhere = Snr(window, 2 * half, 0.5 / carrier.SpacingNm, carrier.AngleDeg + 45);
        Assert.True(whole > 100, $"{whole}");
        Assert.True(halfOrder > 25, $"{halfOrder}");
        Assert.True(elsewhere < 8, $"{elsewhere}");
        Assert.InRange(halfOrder / carrier.HalfExpectedSnr, 0.2, 5);
    }

    [Theory]
    [InlineData(21, 0)]
    [InlineData(40, 0)]
    [InlineData(40, 3)]
    public void ExitWave_OrderedParticle_HasTheKinematicAmplitudes(double diameterAngstrom, double tiltDeg)
    {
        Cluster cluster = LayerVacancies.Make(CopperSelenide.Sphere(diameterAngstrom), Order, 1);
        ParticlePlacement straight = Placed(cluster, CrystalPose.Along(CopperSelenide.Cell, 1, -1, 0));
        double direction = ParticleVisibility.Of(straight, Microscope with { Vacancies = Order }).Fringes.Single(fringe => fringe.SuperlatticeAxis).AngleDeg;
        ParticlePlacement placed = Placed(cluster, CrystalPose.Along(CopperSelenide.Cell, 1, -1, 0, tiltDeg, direction));
        FringeTruth fringe = ParticleVisibility.Of(placed, Microscope with { Vacancies = Order }).Fringes.Single(fringe => fringe.SuperlatticeAxis);
        AtomicSpecimen specimen = SpecimenAssembly.Assemble(Size * PixelNm, Size * PixelNm, [], [placed]).Specimen;

        ComplexRaster wave = Multislice.MeanExitWave(specimen, new MultisliceOptions { WidthPx = Size, HeightPx = Size }).ToWave();

        // |∫ (ψ − 1) exp(−2πi g·r) d²r| = σK |F|, F = ratio · n f exp(−2π²u²g²) of the selenium: within 10 %, what a few nm scatter twice.
        foreach ((double order, double ratio) in ((double, double)[])[(1, fringe.AmplitudeRatio), (0.5, fringe.HalfAmplitudeRatio)])
        {
            double g = order / fringe.SpacingNm * Math.Cos(tiltDeg * Math.PI / 180), u = 0.010066;
            double framework = cluster.AtomCountOf(0) * ElectronScatteringFactor.Of(34).FactorAngstrom(0.05 * g) * Math.Exp(-2 * Math.PI * Math.PI * u * u * g * g);
            double kinematic = ElectronBeam.InteractionPerVoltNm(200) * 47.877647e-3 * ratio * framework;
            Assert.Equal(1, Amplitude(wave, g, fringe.AngleDeg) / kinematic, 0.1);
        }
    }

    private static double Amplitude(ComplexRaster wave, double gPerNm, double angleDeg)
    {
        double gx = gPerNm * PixelNm * Math.Cos(angleDeg * Math.PI / 180), gy = -gPerNm * PixelNm * Math.Sin(angleDeg * Math.PI / 180);
        Complex sum = Complex.Zero;
        for (int y = 0; y < Size; y++)
        {
            for (int x = 0; x < Size; x++)
            {
                sum += (wave[x, y] - 1) * Complex.FromPolarCoordinates(1, -2 * Math.PI * ((gx * (x - 128)) + (gy * (y - 128))));
            }
        }

        return sum.Magnitude * PixelNm * PixelNm;
    }

    private static double Snr(float[] window, int size, double gPerNm, double angleDeg)
    {
        double peak = 0;
        for (double dg = -0.08; dg <= 0.081; dg += 0.04)
        {
            for (double da = -2; da <= 2; da++)
            {
                peak = Math.Max(peak, Power(window, size, gPerNm + dg, angleDeg + da));
            }
        }

        // Control places at least 15° from {111} and its half order.
        double[] control = [.. Enumerable.Range(0, 12).Select(i => angleDeg + 18 + (i * 3)).Concat(Enumerable.Range(0, 12).Select(i => angleDeg - 18 - (i * 3))).Select(a => Power(window, size, gPerNm, a))];
        return peak / control.Average();
    }

    private static double Power(float[] window, int size, double gPerNm, double angleDeg)
    {
        double gx = gPerNm * PixelNm * Math.Cos(angleDeg * Math.PI / 180), gy = -gPerNm * PixelNm * Math.Sin(angleDeg * Math.PI / 180);
        Complex sum = Complex.Zero;
        for (int y = 0; y < size; y++)
        {
            Complex row = Complex.Zero;
            for (int x = 0; x < size; x++)
            {
                row += window[(y * size) + x] * Complex.FromPolarCoordinates(1, -2 * Math.PI * gx * x);
            }

            sum += row * Complex.FromPolarCoordinates(1, -2 * Math.PI * gy * y);
        }

        return (sum.Real * sum.Real) + (sum.Imaginary * sum.Imaginary);
    }

    private static ParticlePlacement Placed(Cluster cluster, CrystalPose pose) => new(cluster, pose, 128 * PixelNm, 128 * PixelNm, FilmSide.Entrance);
}
