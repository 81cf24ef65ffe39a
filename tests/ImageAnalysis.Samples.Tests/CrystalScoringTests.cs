using ImageAnalysis.Core;
using ImageAnalysis.Imaging;
using ImageAnalysis.Lattice;
using ImageAnalysis.Simulation;
using ImageAnalysis.Tests;

namespace ImageAnalysis.Samples.Tests;

public class CrystalScoringTests
{
    // A disc of 40 px has the box [80, 120) × [80, 120) and, at 0.025 nm, a diameter of 1 nm: a quarter of it is 10 px.
    [Theory]
    [InlineData(10, 0, true)]
    [InlineData(11, 0, true)] // box: 29·40 of 2·1600 − 29·40: 0.57
    [InlineData(22, 0, false)] // 18·40/(3200 − 720) = 0.29: below 0.3
    [InlineData(21, 0, true)] // 19·40/(3200 − 760) = 0.31
    public void Pairing_BoxesOrCentres_DecideByTheirLimits(double byX, double byY, bool same)
    {
        HrtemTruthImage image = Image(Truth(LatticeLabel.Regular, 100, 100));

        IReadOnlyList<ScoredCrystal> scored = CrystalScoring.Score("s", "a", image, [Found(100 + byX, 100 + byY, Verdict.Regular)]);

        Assert.Equal(same ? 1 : 2, scored.Count);
    }

    [Fact]
    public void Pairing_SmallBoxInTheMiddle_IsTheSameByItsCentre()
    {
        HrtemTruthImage image = Image(Truth(LatticeLabel.Regular, 100, 100));

        // 10² of 40² is 0.06; centres 9 px apart are within 10.
        Assert.Single(CrystalScoring.Score("s", "a", image, [Found(109, 100, Verdict.Regular, 10)]));
        Assert.Equal(2, CrystalScoring.Score("s", "a", image, [Found(111, 100, Verdict.Regular, 10)]).Count);
    }

    [Fact]
    public void Pairing_IsOneToOne_AndTakesAsManyPairsAsThereCanBe()
    {
        // The middle crystal suits both true ones, the right one the second true one alone, though worse: taking the best pair first would leave one over.
        HrtemTruthImage image = Image(Truth(LatticeLabel.Regular, 100, 100), Truth(LatticeLabel.Regular, 116, 100));

        IReadOnlyList<ScoredCrystal> scored = CrystalScoring.Score("s", "a", image, [Found(114, 100, Verdict.Regular), Found(136, 100, Verdict.Superstructure)]);

        Assert.Equal(2, scored.Count);
        Assert.Equal([1, 2], scored.Select(crystal => crystal.Found!.ParticleId == 0 ? 0 : crystal.Found.XPx < 120 ? 1 : 2));

        // Two on one: one is left over.
        Assert.Single(CrystalScoring.Score("s", "a", Image(Truth(LatticeLabel.Regular, 100, 100)), [Found(100, 100, Verdict.Regular), Found(101, 100, Verdict.Regular)]), crystal => crystal.Kind == CrystalTruth.Nothing);
    }

    [Fact]
    public void Matching_RandomCandidates_IsAsGoodAsTryingAll()
    {
        // Five against four: 5!·2 assignments at most are tried one by one.
        Random random = new(7);
        for (int round = 0; round < 200; round++)
        {
            List<(int First, int Second, double Quality)> candidates = [];
            for (int i = 0; i < 5; i++)
            {
                for (int j = 0; j < 4; j++)
                {
                    if (random.NextDouble() < 0.4)
                    {
                        candidates.Add((i, j, random.NextDouble()));
                    }
                }
            }

            int[] partner = OneToOne.Match(5, 4, candidates);

            (int Pairs, double Quality) Worth(IEnumerable<(int First, int Second)> pairs) =>
                (pairs.Count(), pairs.Sum(pair => candidates.Single(c => c.First == pair.First && c.Second == pair.Second).Quality));
            (int Pairs, double Quality) got = Worth(partner.Select((second, first) => (first, second)).Where(pair => pair.second >= 0));
            (int Pairs, double Quality) best = (0, 0);
            void Try(int first, HashSet<int> used, int pairs, double quality)
            {
                if (first == 5)
                {
                    best = pairs > best.Pairs || (pairs == best.Pairs && quality > best.Quality) ? (pairs, quality) : best;
                    return;
                }

                Try(first + 1, used, pairs, quality);
                foreach ((_, int second, double q) in candidates.Where(c => c.First == first && !used.Contains(c.Second)))
                {
                    Try(first + 1, [.. used, second], pairs + 1, quality + q);
                }
            }

            Try(0, [], 0, 0);
            Assert.Equal(best.Pairs, got.Pairs);
            Assert.Equal(best.Quality, got.Quality, 9);
        }
    }

    [Theory]
    [InlineData(LatticeLabel.Ordered, true, Verdict.Undetermined, true, false)] // a miss
    [InlineData(LatticeLabel.Ordered, false, Verdict.Undetermined, false, false)] // too faint: no error
    [InlineData(LatticeLabel.Ordered, false, Verdict.Regular, false, true)] // order denied, visible or not
    [InlineData(LatticeLabel.Ordered, true, Verdict.Regular, true, true)]
    [InlineData(LatticeLabel.Ordered, null, Verdict.Undetermined, true, false)] // the truth does not excuse it
    public void Undetermined_OnOrderedCrystals_CountsAsTheContractSays(LatticeLabel label, bool? observable, Verdict verdict, bool lowersSensitivity, bool denied)
    {
        FringeScore score = Score((Truth(label, 100, 100, observable), verdict));

        Assert.Equal(lowersSensitivity, score.Sensitivity is { ValueFraction: 0 });
        Assert.Equal(denied, score.Denied!.ValueFraction == 1);
    }

    [Fact]
    public void Score_NumbersOfAWholeImage_AreThoseCountedByHand()
    {
        FringeScore score = Score(
            (Truth(LatticeLabel.Ordered, 100, 100), Verdict.Superstructure), (Truth(LatticeLabel.Ordered, 200, 100), Verdict.Undetermined), (Truth(LatticeLabel.Ordered, 300, 100), null),
            (Truth(LatticeLabel.Regular, 400, 100), Verdict.Regular), (Truth(LatticeLabel.Regular, 500, 100), Verdict.Undetermined), (Truth(LatticeLabel.Regular, 600, 100), Verdict.Superstructure),
            (Truth(LatticeLabel.NoFringe, 700, 100), Verdict.NoFringe), (null, Verdict.Superstructure));

        // Six crystals with fringes, five of them in the percentage, and one that is nothing.
        Assert.Equal((5.0 / 6, 5.0 / 6), (score.Recall!.ValueFraction, score.Precision!.ValueFraction));
        Assert.Equal((1.0 / 3, 1.0 / 3, 0.0), (score.Sensitivity!.ValueFraction, score.FalseAlarms!.ValueFraction, score.Denied!.ValueFraction));
        Assert.Equal(2, score.FalseSuperstructureCount);
        Assert.Equal(new DetectionRates(1, 2, 1, 3), FringeScore.RatesOf(score.Crystals));

        // Found: 3 of 6 superstructure, true: 3 of 6. The same, though half of them are others.
        Assert.Equal(new SampleScore("s", 6, 3, 6, 3, 2), Assert.Single(score.Samples));
        Assert.Equal(0, score.Samples[0].DifferenceRatio);
        Assert.Equal(1, score.Count(CrystalTruth.Nothing, CrystalAnswer.Superstructure));
        Assert.Equal(1, score.Count(CrystalTruth.Ordered, CrystalAnswer.NotFound));
    }

    [Theory]
    [InlineData(179, 1, -2)]
    [InlineData(1, 179, 2)]
    [InlineData(90, 0, -90)]
    [InlineData(30, 40, -10)]
    public void AngleBetween_Directions_TakesTheShorterWay(double first, double second, double difference) =>
        Assert.Equal(difference, ScoredCrystal.AngleBetween(first, second), 9);

    [Fact]
    public void Errors_OfSpacingAndAngle_AreThoseOfTheFringeThatWasMeasured()
    {
        // Drawn fringes have 0.3375 nm with a stated 0.001 nm, and a stated 0.25°. Truth: 0.3350 nm at 31° and another fringe at 100°.
        HrtemTruthParticle truth = Truth(LatticeLabel.Regular, 100, 100) with { SpacingNm = 0.335, Fringes = [new(100, 0, false), new(31, 2, false)] };
        ScoredCrystal crystal = Assert.Single(CrystalScoring.Score("s", "a", Image(truth), [Found(100, 100, Verdict.Regular)]));

        Assert.Equal(0.0025 / 0.335, crystal.SpacingErrorRatio!.Value, 9);
        Assert.Equal(2.5, crystal.SpacingPullRatio!.Value, 6);
        Assert.Equal((-1.0, -4.0), (Math.Round(crystal.AngleErrorDeg!.Value, 9), Math.Round(crystal.AnglePullRatio!.Value, 9)));

        // A fringe that runs as none of the true ones does gives no error of spacing; it is counted apart.
        ScoredCrystal other = Assert.Single(CrystalScoring.Score("s", "a", Image(truth with { Fringes = [new(100, 0, false)] }), [Found(100, 100, Verdict.Regular)]));
        Assert.True(other.IsOtherFringe);
        Assert.Null(other.SpacingErrorRatio);

        // In an ordered crystal the file's one spacing is that along the order, not that of the other fringe.
        HrtemTruthParticle ordered = truth with { Label = LatticeLabel.Ordered, Fringes = [new(100, 0, true), new(31, 2, false)] };
        Assert.Null(Assert.Single(CrystalScoring.Score("s", "a", Image(ordered), [Found(100, 100, Verdict.Regular)])).SpacingErrorRatio);
    }

    internal static HrtemTruthParticle Truth(LatticeLabel label, double x, double y, bool? observable = true) => new()
    {
        Id = "p",
        Label = label,
        CentrePx = new PointPx(x, y),
        FirstPx = new PointPx(x - 20, y - 20),
        EndPx = new PointPx(x + 20, y + 20),
        DiameterNm = 1,
        SpacingNm = 0.3375,
        Fringes = label == LatticeLabel.NoFringe ? [] : [new(30, 0, label == LatticeLabel.Ordered)],
        ObservableFringe = true,
        ObservableSuperlattice = label == LatticeLabel.Ordered ? observable : null,
    };

    private static HrtemTruthImage Image(params IReadOnlyList<HrtemTruthParticle> particles) =>
        new() { File = "a.tif", WidthPx = 1000, HeightPx = 200, PixelWidthNm = 0.025, PixelHeightNm = 0.025, Particles = particles };

    private static CrystalMeasurement Found(double x, double y, Verdict verdict, double diameterPx = 40) => DrawnLattice.Analysis(true, new LatticeDisc(x, y, diameterPx, 30, verdict)).Crystals[0];

    private static FringeScore Score(params ReadOnlySpan<(HrtemTruthParticle? Truth, Verdict? Verdict)> crystals)
    {
        List<HrtemTruthParticle> truth = [];
        List<CrystalMeasurement> found = [];
        int place = 0;
        foreach ((HrtemTruthParticle? t, Verdict? verdict) in crystals)
        {
            place += 100;
            if (t is not null)
            {
                truth.Add(t);
            }

            if (verdict is Verdict v)
            {
                found.Add(Found(place, 100, v));
            }
        }

        return new FringeScore(CrystalScoring.Score("s", "a", Image(truth), found));
    }
}
