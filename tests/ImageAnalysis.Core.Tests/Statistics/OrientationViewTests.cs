namespace ImageAnalysis.Core.Tests;

public sealed class OrientationViewTests
{
    private static readonly UnitCell Cubic = UnitCell.Cubic(5.85);

    [Theory]
    [InlineData(0.5)]
    [InlineData(5)]
    [InlineData(30)]
    [InlineData(90)]
    public void AnyInView_OnePlane_IsTheSineOfTheTilt(double tilt)
    {
        // A band of height 2 sin τ of a sphere of radius 1 has the area 4π sin τ.
        foreach (ViewBand band in (ViewBand[])[new(1, 1, 1, tilt), new(0, 0, 1, tilt), new(3, -1, 2, tilt)])
        {
            Assert.Equal(Math.Sin(tilt * Math.PI / 180), OrientationView.AnyInViewFraction(Cubic, [band]), 1e-12);
            Assert.Equal(Math.Sin(tilt * Math.PI / 180), OrientationView.AnyInViewFraction(Cubic, [band, band with { H = -band.H, K = -band.K, L = -band.L }]), 1e-12);
        }
    }

    // Shares counted among 8 million random directions (numpy 1.24, seed 3): standard deviation 0.0002 at most; five of them are allowed.
    [Theory]
    [InlineData(2, 0.134598)]
    [InlineData(5, 0.317760)]
    [InlineData(8, 0.477794)]
    [InlineData(15, 0.756515)]
    [InlineData(25, 0.940838)]
    public void AnyInView_FourCloseCubes_AgreesWithCounting(double tilt, double counted) =>
        Assert.Equal(counted, OrientationView.AnyInViewFraction(Cubic, Family(tilt)), 0.001);

    [Fact]
    public void AnyInView_FourCloseCubes_CoverTheSphereFromThePublishedAngle()
    {
        // The direction furthest from all four great circles is ⟨100⟩, at asin(1/√3) = 35.264°.
        Assert.Equal(1, OrientationView.AnyInViewFraction(Cubic, Family(35.265)), 1e-9);
        Assert.InRange(OrientationView.AnyInViewFraction(Cubic, Family(34.5)), 0.999, 0.999999);
    }

    [Fact]
    public void AnyInView_SmallTilts_FollowTheCrossingsOfTheBands()
    {
        // Four bands less six pairs of crossings, each pair 2 parallelograms of (2s)²/sin ω with sin ω = √8/3: 4s − 6·2s²/(π sin ω). Bands curve by s² of that.
        double s = Math.Sin(0.2 * Math.PI / 180);
        Assert.Equal((4 * s) - (12 * s * s / (Math.PI * Math.Sqrt(8) / 3)), OrientationView.AnyInViewFraction(Cubic, Family(0.2)), 1e-8);
    }

    [Fact]
    public void AnyInView_ThreeAxes_IsWhatTheCornersLeave()
    {
        // {100}: no plane shows where |x|, |y|, |z| > s, eight triangles bounded by small circles. For s = 1/2: by integration over z of the arcs between φ = asin(s/r) and acos(s/r), r² = 1 − z² ≥ 2s²,
        // 8/(4π)·∫ (π/2 − 2 asin(s/r)) dz from s to √(1 − 2s²).
        const double S = 0.5;
        double top = Math.Sqrt(1 - (2 * S * S)), sum = 0;
        const int Steps = 200_000;
        for (int i = 0; i < Steps; i++)
        {
            double z = S + ((top - S) * (i + 0.5) / Steps);
            sum += (Math.PI / 2) - (2 * Math.Asin(S / Math.Sqrt(1 - (z * z))));
        }

        double expected = 1 - (8 / (4 * Math.PI) * sum * (top - S) / Steps);

        // The midpoint rule with 200,000 steps is good to 10⁻⁹ here.
        Assert.Equal(expected, OrientationView.AnyInViewFraction(Cubic, [new(1, 0, 0, 30), new(0, 1, 0, 30), new(0, 0, 1, 30)]), 1e-8);
    }

    [Fact]
    public void AnyInView_OrderOfPlanesAndAxes_ChangeNothing()
    {
        double first = OrientationView.AnyInViewFraction(Cubic, [new(1, 1, 1, 4), new(-1, 1, 1, 7), new(2, 0, 0, 11)]);
        Assert.Equal(first, OrientationView.AnyInViewFraction(Cubic, [new(0, 2, 0, 11), new(1, -1, 1, 7), new(-1, -1, -1, 4)]), 1e-11);

        // Hexagonal axes of a cubic crystal along [111]: with c/a = √6 (primitive rhombohedral a_h = a/√2, c_h = a√3) its (003) is (111) and its (101) one of the other {111}.
        UnitCell hexagonal = UnitCell.Hexagonal(5.85 / Math.Sqrt(2), 5.85 * Math.Sqrt(3));
        Assert.Equal(5.85 / Math.Sqrt(3), hexagonal.SpacingAngstrom(1, 0, 1), 1e-9);
        Assert.Equal(OrientationView.AnyInViewFraction(Cubic, [new(1, 1, 1, 6), new(-1, 1, 1, 6)]), OrientationView.AnyInViewFraction(hexagonal, [new(0, 0, 3, 6), new(1, 0, 1, 6)]), 1e-11);
        Assert.Equal(0, OrientationView.AnyInViewFraction(Cubic, []));
        Assert.Throws<ArgumentException>(() => OrientationView.AnyInViewFraction(Cubic, [new(0, 0, 0, 5)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => OrientationView.AnyInViewFraction(Cubic, [new(1, 0, 0, double.NaN)]));
    }

    [Fact]
    public void RandomOrientationModel_SingleVariant_ShowsAboutAQuarter()
    {
        // Counted as above: 0.274282 at 5°; 0.446696 where the order shows up to 10° and plain fringes up to 5°. As τ → 0 the four bands do not overlap: 1/4.
        Assert.Equal(0.2743, RandomOrientationModel.Of(5, 5).FullyOrderedFraction!.Value, 0.001);
        Assert.Equal(0.4467, RandomOrientationModel.Of(5, 10).FullyOrderedFraction!.Value, 0.001);
        Assert.Equal(0.25, RandomOrientationModel.Of(0.001, 0.001).FullyOrderedFraction!.Value, 1e-4);
        Assert.Equal(1, RandomOrientationModel.Of(5, 5, 4).FullyOrderedFraction!.Value, 1e-9);
        Assert.Null(RandomOrientationModel.Of(0, 0).FullyOrderedFraction);
        Assert.Equal(0, RandomOrientationModel.Of(5, 0).FullyOrderedFraction!.Value);
    }

    // The table of the page table-statistics; the counted shares above agree with its second column.
    [Theory]
    [InlineData(2, 13.5, 3.5, 0.259, 0.418)]
    [InlineData(5, 31.8, 8.7, 0.274, 0.447)]
    [InlineData(8, 47.8, 13.9, 0.291, 0.480)]
    [InlineData(10, 57.1, 17.4, 0.304, 0.505)]
    [InlineData(15, 75.7, 25.9, 0.342, 0.583)]
    public void RandomOrientationModel_TableOfTheDocumentation_Holds(double tilt, double fringesPercent, double orderPercent, double same, double twice)
    {
        RandomOrientationModel model = RandomOrientationModel.Of(tilt, tilt);
        Assert.Equal(fringesPercent, 100 * model.FringesFraction, 0.05);
        Assert.Equal(orderPercent, 100 * model.OrderFraction, 0.05);
        Assert.Equal(same, model.FullyOrderedFraction!.Value, 0.0005);
        Assert.Equal(twice, RandomOrientationModel.Of(tilt, 2 * tilt).FullyOrderedFraction!.Value, 0.0006);
    }

    [Fact]
    public void RandomOrientationModel_Estimate_IsNamedAModelAndSaysWhereItFails()
    {
        RandomOrientationModel model = RandomOrientationModel.Of(5, 5);
        RandomOrientationEstimate few = model.Estimate(3, 30)!, many = model.Estimate(24, 30)!;
        Assert.Equal(0.1 / 0.27428, few.Ordered!.ValueFraction, 0.001);
        Assert.Equal(0.0211 / 0.27428, few.Ordered.LowFraction, 0.001);
        Assert.False(few.IsContradicted);
        Assert.Equal("By a model of random orientations with 1 ordered {111} of four, in view up to 5° of tilt (5° for plain fringes), fully ordered crystals would show order in 27 % of those that show {111}; the 10 % counted would then mean 36 % ordered (8 to 97 %).", few.Words);

        // 61 % at least against 27 %: no sample of such crystals could show that.
        Assert.True(many.IsContradicted);
        Assert.Null(many.Ordered);
        Assert.EndsWith("here it is 80 % (at least 61 %): the model does not hold. The crystals do not lie at random, or carry order in several directions, or it shows at larger tilts.", many.Words, StringComparison.Ordinal);
        Assert.Null(model.Estimate(0, 0));
        Assert.Equal(0, model.Estimate(0, 30)!.Ordered!.ValueFraction);
    }

    [Fact]
    public void RandomOrientationModel_ThousandDrawnSamples_CoverTheTrueFraction()
    {
        // Crystals in random directions, 40 % of them ordered along one of the four; those showing any {111} are counted until there are 30. 93 %: three standard deviations below 95 %.
        RandomOrientationModel model = RandomOrientationModel.Of(6, 8);
        double sineFringe = Math.Sin(6 * Math.PI / 180), sineOrder = Math.Sin(8 * Math.PI / 180);
        SeededRandom random = new(12);
        int holds = 0;
        for (int sample = 0; sample < 1000; sample++)
        {
            int all = 0, shown = 0;
            while (all < 30)
            {
                double x = random.NextGaussian(), y = random.NextGaussian(), z = random.NextGaussian(), scale = Math.Sqrt(3 * ((x * x) + (y * y) + (z * z)));
                double[] sines = [Math.Abs(x + y + z) / scale, Math.Abs(y + z - x) / scale, Math.Abs(x - y + z) / scale, Math.Abs(x + y - z) / scale];
                bool showsOrder = random.NextUniform() < 0.4 && sines[0] <= sineOrder;
                all += showsOrder || sines.Any(s => s <= sineFringe) ? 1 : 0;
                shown += showsOrder ? 1 : 0;
            }

            holds += FractionIntervalsTests.Holds(model.Estimate(shown, 30)!.Ordered ?? new FractionInterval(1, 1, 1, 0.95), 0.4);
        }

        Assert.InRange(holds, 930, 1000);
    }

    [Fact]
    public void HalfPowerTilt_ThinCrystal_IsWide()
    {
        // sinc²(x) = ½ at x = 0.4429: (sin(1.3916)/1.3916)² = 0.5. {111} of 4 nm: asin(0.4429·0.3378/4) = 2.14°, its half order 4.29°.
        Assert.Equal(0.5, Math.Pow(Math.Sin(Math.PI * 0.442946) / (Math.PI * 0.442946), 2), 1e-5);
        Assert.Equal(2.14, RandomOrientationModel.HalfPowerTiltDeg(0.3378, 4), 0.005);
        Assert.Equal(4.29, RandomOrientationModel.HalfPowerTiltDeg(0.6756, 4), 0.005);
        Assert.Equal(90, RandomOrientationModel.HalfPowerTiltDeg(1, 0.4));
    }

    private static ViewBand[] Family(double tilt) => [new(1, 1, 1, tilt), new(-1, 1, 1, tilt), new(1, -1, 1, tilt), new(1, 1, -1, tilt)];
}
