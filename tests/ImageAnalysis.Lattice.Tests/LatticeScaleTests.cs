using ImageAnalysis.Core;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Lattice.Tests;

/// <summary>Spots are computed from cells for a known pixel size, and the pixel size is found again.</summary>
public sealed class LatticeScaleTests
{
    // Silicon [110]: the planes that images show.
    private static readonly (int H, int K, int L)[] _silicon110 = [(1, -1, 1), (-1, 1, 1), (0, 0, 4), (2, -2, 0), (1, -1, 3), (-1, 1, 3)];

    [Theory]
    [InlineData(0.0200, 0.0200, 0)]
    [InlineData(0.0200, 0.0212, 33)]
    [InlineData(0.0188, 0.0197, 117)]
    [InlineData(0.0230, 0.0225, 240)]
    public void Fit_SpotsOfSilicon_GivesThePixelSizeWithinItsError(double widthNm, double heightNm, double turnDeg)
    {
        // Nominal 0.02 × 0.02 nm. Noise of 0.2 % of |f| on each coordinate, and the errors say so.
        FringeAnalysis fringes = Image(Crystal(Silicon(), _silicon110, widthNm, heightNm, turnDeg, noise: 0.002, seed: 3));

        LatticeScale scale = LatticeScaleFitter.Fit(fringes, Nominal(0.02, 0.02), KnownCrystal.Of(Silicon()))!;

        // Twelve numbers with 0.2-0.4 % each fix the width to some 0.2 %; four standard deviations are missed once in 16,000 times.
        Assert.InRange(Math.Abs(scale.PixelWidthNm - widthNm) / scale.PixelWidthSigmaNm, 0, 4);
        Assert.InRange(Math.Abs(scale.PixelHeightNm - heightNm) / scale.PixelHeightSigmaNm, 0, 4);
        Assert.InRange(scale.PixelWidthSigmaNm / widthNm, 0.0005, 0.005);
        Assert.Equal((6, 0, 1), (scale.SpotCount, scale.UnexplainedCount, scale.CrystalCount));
        Assert.Matches(@"^\[-?[01] -?[01] -?[01]\]$", Assert.Single(scale.Zones));
        Assert.InRange(scale.ShearDeg, -0.5, 0.5);
    }

    [Fact]
    public void Fit_ManyNoisyCrystals_PullsHaveUnitWidth()
    {
        List<double> pulls = [];
        for (int seed = 0; seed < 100; seed++)
        {
            FringeAnalysis fringes = Image(Crystal(Silicon(), _silicon110, 0.0206, 0.0199, 1.7 * seed, noise: 0.005, seed));
            LatticeScale scale = LatticeScaleFitter.Fit(fringes, Nominal(0.02, 0.02), KnownCrystal.Of(Silicon()))!;
            pulls.Add((scale.PixelWidthNm - 0.0206) / scale.PixelWidthSigmaNm);
            pulls.Add((scale.PixelHeightNm - 0.0199) / scale.PixelHeightSigmaNm);
        }

        // The stated errors hold a floor of 0.3 % beside the noise of 0.5 %, and grow where spots scatter more: pulls are a little narrower than 1. 200 of them know their mean to 0.07 and their width to 5 %.
        double mean = pulls.Average(), width = Math.Sqrt(pulls.Average(pull => (pull - mean) * (pull - mean)));
        Assert.InRange(mean, -0.2, 0.2);
        Assert.InRange(width, 0.6, 1.1);
    }

    [Fact]
    public void Fit_ShearedAxes_AreFittedAndTold()
    {
        // f = A g with κ = 0.02: the axes of the image are 90° − 1.15° apart on the specimen.
        FringeAnalysis fringes = Image(Crystal(Silicon(), _silicon110, 0.02, 0.021, 20, shear: 0.02));

        LatticeScale scale = LatticeScaleFitter.Fit(fringes, Nominal(0.02, 0.02), KnownCrystal.Of(Silicon()))!;

        // Six spots know κ to about 0.0024; the prior of 0.02 draws it in by (0.0024/0.02)², 1.5 %.
        Assert.InRange(scale.ShearDeg, -1.15, -1.11);
        Assert.InRange(scale.PixelHeightNm, 0.02095, 0.02105);
    }

    [Fact]
    public void Fit_WithoutPixelSize_TakesTheWidestPlanes_AndTellsOfOthers()
    {
        // A square of spots can be {200} or {220} of a face-centred cubic crystal: without a pixel size nothing decides, and wide planes are likelier to be seen.
        CrystalStructure gold = FaceCentred("Au", 4.078);
        FringeAnalysis fringes = Image(Crystal(gold, [(2, 0, 0), (0, 2, 0)], 0.03, 0.03, 12));

        LatticeScale scale = LatticeScaleFitter.Fit(fringes, null, KnownCrystal.Of(gold))!;

        Assert.InRange(scale.PixelWidthNm, 0.0299, 0.0301);
        Assert.Contains(scale.Others, other => Math.Abs((other.PixelWidthNm * Math.Sqrt(2) / 0.03) - 1) < 0.01);

        // With one that is right within 5 %, the other is out of the question.
        Assert.Empty(LatticeScaleFitter.Fit(fringes, Nominal(0.0315, 0.0315), KnownCrystal.Of(gold))!.Others);
    }

    [Fact]
    public void Fit_HexagonalCell_IsNamedRightly()
    {
        // Zinc oxide along [100] (hexagonal axes): 002, 010 and 011 stand at 0.2603, 0.2814 and 0.2476 nm.
        CrystalStructure zinc = new(
            "ZnO", UnitCell.Hexagonal(3.2495, 5.2069), SymmetryGroup.P1,
            [Site("Zn1", "Zn", 1 / 3.0, 2 / 3.0, 0), Site("Zn2", "Zn", 2 / 3.0, 1 / 3.0, 0.5), Site("O1", "O", 1 / 3.0, 2 / 3.0, 0.3819), Site("O2", "O", 2 / 3.0, 1 / 3.0, 0.8819)]);
        FringeAnalysis fringes = Image(Crystal(zinc, [(0, 0, 2), (0, 1, 0), (0, 1, 1), (0, 1, -1), (0, 1, 2)], 0.0152, 0.0158, 71));

        LatticeScale scale = LatticeScaleFitter.Fit(fringes, Nominal(0.0155, 0.0155), KnownCrystal.Of(zinc))!;

        Assert.InRange(scale.PixelWidthNm, 0.01517, 0.01523);
        Assert.InRange(scale.PixelHeightNm, 0.01577, 0.01583);
        Assert.Equal(5, scale.SpotCount);
    }

    [Fact]
    public void Fit_SpotsOfASuperlattice_StayUnexplained()
    {
        // Half orders are none of silicon's planes; with a cell twice as small they would be, so far from the nominal size that it is out of the question.
        FringeAnalysis fringes = Image(Crystal(Silicon(), _silicon110, 0.0206, 0.0200, 50, halves: 2));

        LatticeScale scale = LatticeScaleFitter.Fit(fringes, Nominal(0.02, 0.02), KnownCrystal.Of(Silicon()))!;

        Assert.Equal((6, 2), (scale.SpotCount, scale.UnexplainedCount));
        Assert.InRange(scale.PixelWidthNm, 0.02055, 0.02065);
    }

    [Fact]
    public void Fit_OneDirectionOrAnotherCrystal_IsNull()
    {
        Assert.Null(LatticeScaleFitter.Fit(Image(Crystal(Silicon(), [(1, -1, 1)], 0.02, 0.02, 0)), Nominal(0.02, 0.02), KnownCrystal.Of(Silicon())));
        Assert.Null(LatticeScaleFitter.Fit(Image(), Nominal(0.02, 0.02), KnownCrystal.Of(Silicon())));

        // 90° and 1 : 1.5 are nothing that gold shows near this pixel size.
        CrystalStructure slab = new("slab", new UnitCell(2.6, 3.9, 20, 90, 90, 90), SymmetryGroup.P1, [Site("C1", "C", 0, 0, 0)]);
        Assert.Null(LatticeScaleFitter.Fit(Image(Crystal(slab, [(1, 0, 0), (0, 1, 0)], 0.02, 0.02, 10)), Nominal(0.02, 0.02), KnownCrystal.Of(FaceCentred("Au", 4.078), 0.19)));
    }

    [Fact]
    public void Searching_Options_CoverThePlanesOfTheCrystal()
    {
        FringeOptions options = KnownCrystal.Of(Silicon()).Searching(new FringeOptions());

        options.Validate();
        Assert.Equal(new MillerIndex(1, 1, 1), options.Reference.Fringe);
        Assert.InRange(options.MaxSpacingNm, 0.3136, 0.5);
        Assert.True(options.MinSpacingNm < 0.12, $"{options.MinSpacingNm}");
        Assert.DoesNotContain(new MillerIndex(2, 2, 2), options.Reference.Families);
    }

    private static CrystalStructure Silicon() => CifReader.Read("""
        data_Si
        _cell_length_a 5.431
        _cell_length_b 5.431
        _cell_length_c 5.431
        _cell_angle_alpha 90
        _cell_angle_beta 90
        _cell_angle_gamma 90
        _symmetry_space_group_name_H-M 'F d -3 m :1'
        loop_
        _atom_site_label
        _atom_site_type_symbol
        _atom_site_fract_x
        _atom_site_fract_y
        _atom_site_fract_z
        Si1 Si 0 0 0

        """);

    private static CrystalStructure FaceCentred(string element, double a) => new(
        element, UnitCell.Cubic(a), SymmetryGroup.P1,
        [Site("A", element, 0, 0, 0), Site("B", element, 0, 0.5, 0.5), Site("C", element, 0.5, 0, 0.5), Site("D", element, 0.5, 0.5, 0)]);

    private static CrystalSite Site(string label, string element, double x, double y, double z) => new(label, element, x, y, z);

    private static Calibration Nominal(double widthNm, double heightNm) => new(widthNm, heightNm, new CalibrationSource(CalibrationOrigin.Metadata, "test"));

    private static FringeAnalysis Image(params CrystalMeasurement[] crystals) => new()
    {
        Crystals = crystals,
        Support = [],
        ExpectedFalseCallsRatio = 0,
        Flags = [],
        Transfer = new TransferEstimate { Knowledge = TransferKnowledge.Unknown, Reason = "drawn", VoltageKv = 200, SphericalAberrationMm = 1, SphericalAberrationSigmaMm = 1, LensAssumed = true, Modes = [] },
    };

    /// <summary>The spots of one crystal: planes of one zone, turned, in cycles a pixel of the given size, with noise as a part of |f|.</summary>
    private static CrystalMeasurement Crystal(
        CrystalStructure structure, (int H, int K, int L)[] planes, double widthNm, double heightNm, double turnDeg, double noise = 0, int seed = 0, double shear = 0, int halves = 0)
    {
        KnownCrystal crystal = KnownCrystal.Of(structure);
        (double X, double Y, double Z) a = crystal.G(planes[0].H, planes[0].K, planes[0].L), b = crystal.G(planes[^1].H, planes[^1].K, planes[^1].L);
        double lengthA = Length(a), along = Dot(a, b) / lengthA;
        (double X, double Y, double Z) e1 = (a.X / lengthA, a.Y / lengthA, a.Z / lengthA), rest = (b.X - (along * e1.X), b.Y - (along * e1.Y), b.Z - (along * e1.Z));
        double lengthRest = Math.Max(Length(rest), 1e-12);
        (double X, double Y, double Z) e2 = (rest.X / lengthRest, rest.Y / lengthRest, rest.Z / lengthRest);
        Random random = new(seed);
        double Noise() => noise * (random.NextDouble() + random.NextDouble() + random.NextDouble() + random.NextDouble() - 2) * Math.Sqrt(3);
        (double sin, double cos) = Math.SinCos(turnDeg * Math.PI / 180);
        List<FringeMeasurement> fringes = [];
        foreach (((int H, int K, int L) plane, double times) in planes.Select(plane => (plane, 1.0)).Concat(planes.Take(halves).Select(plane => (plane, 0.5))))
        {
            (double X, double Y, double Z) g = crystal.G(plane.H, plane.K, plane.L);
            double gx = times * Dot(g, e1), gy = times * Dot(g, e2), turnedX = (cos * gx) - (sin * gy), turnedY = (sin * gx) + (cos * gy);
            double x = widthNm * (turnedX + (shear * turnedY)), y = heightNm * turnedY, length = Math.Sqrt((x * x) + (y * y)), sigma = Math.Max(noise, 1e-5) * length;
            ReciprocalVector at = new() { XPerPx = x + (Noise() * length), YPerPx = y + (Noise() * length), XSigmaPerPx = sigma, YSigmaPerPx = sigma };
            fringes.Add(new FringeMeasurement
            {
                IsTestedFamily = false,
                G = at,
                PeakG = at,
                SpacingPx = 1 / length,
                SpacingSigmaPx = 0.01,
                NormalDeg = 0,
                NormalSigmaDeg = 0.1,
                FringeSnr = 500 - (10 * fringes.Count),
                AmplitudeCounts = 1,
            });
        }

        return new CrystalMeasurement
        {
            ParticleId = 1,
            XPx = 0,
            YPx = 0,
            X0Px = 0,
            Y0Px = 0,
            X1Px = 1,
            Y1Px = 1,
            DiameterPx = 100,
            OutlinePx = [],
            WindowWidthPx = 120,
            WindowHeightPx = 120,
            Fringes = fringes,
            Verdict = Verdict.NoFringe,
            Reason = "drawn",
            Flags = [],
        };
    }

    private static double Dot((double X, double Y, double Z) a, (double X, double Y, double Z) b) => (a.X * b.X) + (a.Y * b.Y) + (a.Z * b.Z);

    private static double Length((double X, double Y, double Z) a) => Math.Sqrt(Dot(a, a));
}
