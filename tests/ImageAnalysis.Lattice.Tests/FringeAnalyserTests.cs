using ImageAnalysis.Imaging;

namespace ImageAnalysis.Lattice.Tests;

public sealed class FringeAnalyserTests
{
    private static readonly FringeOptions Options = new();

    // An ordered crystal, a regular one and one along ⟨111⟩, which shows {220} only.
    private static readonly Lazy<Micrograph> Three = new(() => Drawn.Micrograph(Drawn.Image(
        [Drawn.Particle(130, 140, (1, -1, 0), 20, 0.25), Drawn.Particle(370, 160, (1, -1, 0), 75), Drawn.Particle(250, 390, (1, 1, 1), 10)], 5)));

    private static readonly Lazy<FringeAnalysis> ThreeAnalysed = new(() => FringeAnalyser.Analyse(Three.Value, Options));

    [Fact]
    public void OrderedCrystal_HalfOrder_IsSuperstructureOfTwiceTheSpacing()
    {
        CrystalMeasurement crystal = Drawn.At(ThreeAnalysed.Value, 130, 140);

        Assert.Equal(Verdict.Superstructure, crystal.Verdict);
        Assert.Equal(2, crystal.Carrier!.Superlattice!.PeriodRatio);

        // 2 · 0.33775 = 0.6755 nm; the spacing of a fringe of 4 nm is good to some 0.3 % (one standard deviation), four of which are allowed.
        Assert.Equal(2 * Drawn.SpacingNm, crystal.SuperlatticePeriodNm!.Value, 0.6755 * 0.012);
        Assert.True(crystal.CrystalPValue < 1e-4);
    }

    [Fact]
    public void RegularCrystal_NoHalfOrder_IsRegularWithItsChance()
    {
        CrystalMeasurement crystal = Drawn.At(ThreeAnalysed.Value, 370, 160);

        Assert.Equal(Verdict.Regular, crystal.Verdict);
        Assert.True(crystal.DetectionProbability >= Options.MinDetectionProbability);
        Assert.Equal(2, crystal.Fringes.Count(static fringe => fringe.IsTestedFamily));
        Assert.Null(crystal.SuperlatticePeriodNm);
        Assert.Equal(Drawn.SpacingNm, crystal.Carrier!.SpacingNm!.Value, Drawn.SpacingNm * 0.012);
    }

    [Fact]
    public void CrystalWithoutTheFamily_IsFoundAsNoFringe()
    {
        CrystalMeasurement crystal = Drawn.At(ThreeAnalysed.Value, 250, 390);

        Assert.Equal(Verdict.NoFringe, crystal.Verdict);
        Assert.All(crystal.Fringes, static fringe => Assert.Equal(0.2068, fringe.SpacingNm!.Value, 0.008)); // {220}: 5.85/√8/10; at high frequency the lens moves spots by hundredths
    }

    [Fact]
    public void SupportAlone_HoldsNoCrystals()
    {
        for (ulong seed = 20; seed < 24; seed++)
        {
            Assert.Empty(FringeAnalyser.Analyse(Drawn.Micrograph(Drawn.Image([], seed)), Options).Crystals);
        }
    }

    [Fact]
    public void ThreefoldPeriod_IsCalledByItsOwnName()
    {
        Micrograph image = Drawn.Micrograph(Drawn.Image([Drawn.Particle(256, 256, (1, -1, 0), 20, 0.5, 5, 3)], 6));
        CrystalMeasurement crystal = Drawn.At(FringeAnalyser.Analyse(image, Options), 256, 256);

        Assert.Equal(Verdict.Superstructure, crystal.Verdict);
        Assert.Equal(3, crystal.Carrier!.Superlattice!.PeriodRatio);
        Assert.Equal(3 * Drawn.SpacingNm, crystal.SuperlatticePeriodNm!.Value, 0.02);
        Assert.Contains(crystal.Flags, static flag => flag.Name == "unknown-period" && flag.NeedsReview);
    }

    [Fact]
    public void OverlappingCrystals_OfOtherDirections_StayTwo()
    {
        Micrograph image = Drawn.Micrograph(Drawn.Image([Drawn.Particle(220, 256, (1, -1, 0), 10, 0.25, 4.5), Drawn.Particle(330, 256, (1, -1, 0), 50, 0, 4.5)], 7));
        FringeAnalysis analysis = FringeAnalyser.Analyse(image, Options);

        CrystalMeasurement ordered = Drawn.At(analysis, 220, 256), regular = Drawn.At(analysis, 330, 256);
        Assert.Equal(Verdict.Superstructure, ordered.Verdict);
        Assert.NotEqual(Verdict.Superstructure, regular.Verdict);
        Assert.All((CrystalMeasurement[])[ordered, regular], static crystal => Assert.Contains(crystal.Flags, static flag => flag.Name == "overlap"));
    }

    [Theory]
    [InlineData("turned")]
    [InlineData("mirrored")]
    [InlineData("brighter")]
    [InlineData("stronger")]
    public void Image_ChangedWithoutMeaning_KeepsItsVerdicts(string change)
    {
        int n = Drawn.SizePx;
        Micrograph image = Three.Value, other = change switch
        {
            "turned" => Drawn.With(image, (x, y) => (n - 1 - y, x), static value => value, n, n),
            "mirrored" => Drawn.With(image, (x, y) => (n - 1 - x, y), static value => value, n, n),
            "brighter" => Drawn.With(image, static (x, y) => (x, y), static value => value + 1000, n, n),
            _ => Drawn.With(image, static (x, y) => (x, y), static value => 7 * value, n, n),
        };
        FringeAnalysis analysis = FringeAnalyser.Analyse(other, Options);

        foreach (CrystalMeasurement before in ThreeAnalysed.Value.Crystals)
        {
            (double x, double y) = change switch
            {
                "turned" => (before.YPx, n - 1 - before.XPx),
                "mirrored" => (n - 1 - before.XPx, before.YPx),
                _ => (before.XPx, before.YPx),
            };
            CrystalMeasurement after = Drawn.At(analysis, x, y, 12);
            Assert.Equal(before.Verdict, after.Verdict);
            if (before.Carrier is { } fringe)
            {
                double angle = change switch { "turned" => (fringe.NormalDeg + 90) % 180, "mirrored" => (180 - fringe.NormalDeg) % 180, _ => fringe.NormalDeg };

                // Filters stand on the grid of the image, so a turned crystal is cut out a little otherwise: a tenth of a degree and of a percent.
                Assert.Equal(0, Math.Sin((angle - after.Carrier!.NormalDeg) * Math.PI / 180), 0.004);
                Assert.Equal(fringe.SpacingNm!.Value, after.Carrier.SpacingNm!.Value, 0.003 * fringe.SpacingNm.Value);
            }
        }
    }

    [Fact]
    public void Image_CroppedAwayFromParticles_KeepsItsVerdicts()
    {
        Micrograph cropped = Drawn.With(Three.Value, static (x, y) => (x + 20, y + 30), static value => value, Drawn.SizePx - 20, Drawn.SizePx - 30);
        FringeAnalysis analysis = FringeAnalyser.Analyse(cropped, Options);

        Assert.All(ThreeAnalysed.Value.Crystals, before => Assert.Equal(before.Verdict, Drawn.At(analysis, before.XPx - 20, before.YPx - 30, 12).Verdict));
    }

    [Theory]
    [InlineData(1.06, 1.06)]
    [InlineData(0.94, 0.94)]
    [InlineData(1.06, 1)]
    public void PixelSize_OffBySixPercent_MovesSpacingsAndNotVerdicts(double ratioX, double ratioY)
    {
        Calibration off = new(ratioX * Drawn.PixelNm, ratioY * Drawn.PixelNm, new CalibrationSource(CalibrationOrigin.User, "test"));
        FringeAnalysis analysis = FringeAnalyser.Analyse(Three.Value with { Calibration = off }, Options);

        foreach (CrystalMeasurement before in ThreeAnalysed.Value.Crystals)
        {
            CrystalMeasurement after = Drawn.At(analysis, before.XPx, before.YPx, 12);
            Assert.Equal(before.Verdict, after.Verdict);
            if (before.Carrier is { } fringe)
            {
                // g_x/r_x, g_y/r_y of the measured vector give the new spacing. The lens's shift is taken off for another scale: half a percent.
                double gx = fringe.G.XPerNm!.Value / ratioX, gy = fringe.G.YPerNm!.Value / ratioY, expected = 1 / Math.Sqrt((gx * gx) + (gy * gy));
                Assert.Equal(expected, after.Carrier!.SpacingNm!.Value, 0.007 * expected);
            }
        }

        Assert.Contains(analysis.Flags, static flag => flag.Name == "calibration-conflict");
        Assert.DoesNotContain(ThreeAnalysed.Value.Flags, static flag => flag.Name == "calibration-conflict");
    }

    [Fact]
    public void ImageWithoutPixelSize_GivesRatiosAndPixelsOnly()
    {
        FringeAnalysis analysis = FringeAnalyser.Analyse(Three.Value with { Calibration = null }, Options);
        CrystalMeasurement ordered = Drawn.At(analysis, 130, 140);

        Assert.Equal(Verdict.Superstructure, ordered.Verdict);
        Assert.Null(ordered.SuperlatticePeriodNm);
        Assert.Null(ordered.Carrier!.SpacingNm);
        Assert.Equal(2 * Drawn.SpacingNm / Drawn.PixelNm, ordered.SuperlatticePeriodPx!.Value, 0.6); // 27.0 px; without a transfer function the lens's shift stays in

        // Nothing is known of the transfer: that no order was seen says nothing.
        Assert.Equal(Verdict.Undetermined, Drawn.At(analysis, 370, 160).Verdict);
    }

    [Fact]
    public void SameImage_GivesTheSameBits()
    {
        FringeAnalysis again = FringeAnalyser.Analyse(Three.Value, Options);
        Assert.Equal(ThreeAnalysed.Value.Crystals.Select(Text), again.Crystals.Select(Text));

        static string Text(CrystalMeasurement crystal) => FormattableString.Invariant($"{crystal.XPx:R} {crystal.CrystalPValue:R} {crystal.DetectionProbability:R} {crystal.Carrier?.SpacingNm:R} {crystal.Verdict}");
    }

    [Fact]
    public void Pixel_NotFinite_IsRefused()
    {
        Micrograph image = Drawn.With(Three.Value, static (x, y) => (x, y), static value => float.NaN, 64, 64);
        Assert.Throws<ArgumentException>(() => FringeAnalyser.Analyse(image, Options));
    }

    [Fact]
    public void EvenImage_HoldsNothingAndDoesNotFail()
    {
        Micrograph image = Drawn.With(Three.Value, static (x, y) => (x, y), static _ => 100, 200, 100);
        Assert.Empty(FringeAnalyser.Analyse(image, Options).Crystals);
    }
}
