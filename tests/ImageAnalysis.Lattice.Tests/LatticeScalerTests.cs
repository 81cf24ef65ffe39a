using ImageAnalysis.Imaging;

namespace ImageAnalysis.Lattice.Tests;

public sealed class LatticeScalerTests
{
    [Fact]
    public void Fit_WrongNominalPixels_FindsTheTrueOnes()
    {
        // Drawn with pixels of 0.025 nm, given as 0.026 × 0.0245 nm.
        Micrograph image = Drawn.Micrograph(Drawn.Image([Drawn.Particle(256, 256, (1, -1, 0), 25, 0, 7)], 11));
        image = image with { Calibration = new Calibration(0.026, 0.0245, new CalibrationSource(CalibrationOrigin.User, "test")) };
        CrystalMeasurement crystal = Drawn.At(FringeAnalyser.Analyse(image, new FringeOptions()), 256, 256);

        LatticeScale scale = LatticeScaler.Fit(crystal, new ReferenceCrystal(), 0.026, 0.0245)!;

        // Spots of a crystal of 7 nm are good to some 0.2 %; 1 % is a third of what is to be told.
        Assert.Equal(0.025, scale.PixelWidthNm, 0.00025);
        Assert.Equal(0.025, scale.PixelHeightNm, 0.00025);
        Assert.True(scale.Spots.Count >= 2);
        Assert.True(scale.NameProbability > 0.95);
    }

    [Fact]
    public void Fit_OneDirectionOnly_GivesNothing()
    {
        FringeMeasurement fringe = new()
        {
            IsTestedFamily = true,
            G = Vector(0.07, 0.02),
            PeakG = Vector(0.07, 0.02),
            SpacingPx = 13.7,
            SpacingSigmaPx = 0.1,
            NormalDeg = 0,
            NormalSigmaDeg = 1,
            FringeSnr = 100,
            AmplitudeCounts = 1,
        };
        CrystalMeasurement crystal = new()
        {
            ParticleId = 1,
            XPx = 1,
            YPx = 1,
            X0Px = 0,
            Y0Px = 0,
            X1Px = 2,
            Y1Px = 2,
            DiameterPx = 2,
            OutlinePx = [],
            WindowWidthPx = 2,
            WindowHeightPx = 2,
            Fringes = [fringe, fringe],
            Verdict = Verdict.Undetermined,
            Reason = "a test",
            Flags = [],
        };
        Assert.Null(LatticeScaler.Fit(crystal, new ReferenceCrystal(), 0.025, 0.025));

        static ReciprocalVector Vector(double x, double y) => new() { XPerPx = x, YPerPx = y, XSigmaPerPx = 1e-4, YSigmaPerPx = 1e-4 };
    }
}
