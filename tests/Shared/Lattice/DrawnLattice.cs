using ImageAnalysis.Imaging;
using ImageAnalysis.Lattice;

namespace ImageAnalysis.Tests;

/// <summary>A disc of fringes to draw, and what is to be said of it.</summary>
/// <param name="XPx">Centre, column.</param>
/// <param name="YPx">Centre, row.</param>
/// <param name="DiameterPx">Its diameter.</param>
/// <param name="NormalDeg">Direction of the fringes' normal, counter-clockwise as seen.</param>
/// <param name="Verdict">Superstructure draws a half order of 0.6 times the fringes' amplitude; no-fringe draws fringes of another spacing.</param>
internal sealed record LatticeDisc(double XPx, double YPx, double DiameterPx, double NormalDeg, Verdict Verdict);

/// <summary>Small drawn lattice images with noise, and the measurements that a perfect analysis would give of them.</summary>
internal static class DrawnLattice
{
    public const double PixelNm = 0.025;
    public const double SpacingPx = 13.5; // 0.3375 nm

    private const double Amplitude = 120;
    private const double HalfOrder = 0.6;
    private const double NoFringeSpacingPx = 8.25; // 0.206 nm, {220}

    private static readonly TransferEstimate Transfer = new()
    {
        Knowledge = TransferKnowledge.Measured,
        Reason = string.Empty,
        VoltageKv = 200,
        SphericalAberrationMm = 0.7,
        SphericalAberrationSigmaMm = 0.1,
        LensAssumed = true,
        DefocusNm = -42.5,
        DefocusSigmaNm = 1.5,
        Modes = [new TransferMode(-42.5, 1.5, 1)],
    };

    /// <summary>Draws discs on a background of 1000 counts with noise of 40; the same seed gives the same pixels.</summary>
    public static ushort[] Pixels(int side, int seed, params ReadOnlySpan<LatticeDisc> discs)
    {
        Random random = new(seed);
        ushort[] pixels = new ushort[side * side];
        for (int y = 0; y < side; y++)
        {
            for (int x = 0; x < side; x++)
            {
                // Four uniform numbers have the variance 4/12.
                double value = 1000 + (40 * Math.Sqrt(3) * (random.NextDouble() + random.NextDouble() + random.NextDouble() + random.NextDouble() - 2));
                foreach (LatticeDisc disc in discs)
                {
                    double dx = x - disc.XPx, dy = y - disc.YPx, edge = (0.5 * disc.DiameterPx) - Math.Sqrt((dx * dx) + (dy * dy));
                    (double gx, double gy) = G(disc);
                    double phase = 2 * Math.PI * ((gx * dx) + (gy * dy));
                    double wave = Math.Cos(phase) + (disc.Verdict == Verdict.Superstructure ? HalfOrder * Math.Cos(phase / 2) : 0);
                    value += Amplitude * wave * Math.Clamp((edge / 10) + 0.5, 0, 1);
                }

                pixels[(y * side) + x] = (ushort)Math.Round(value);
            }
        }

        return pixels;
    }

    /// <summary>The image with its pixel size, or without.</summary>
    public static Micrograph Image(int side, int seed, bool calibrated, bool simulated, params ReadOnlySpan<LatticeDisc> discs) => new(
        "s/hrtem/a.png",
        0,
        new Raster<float>(side, side, [.. Pixels(side, seed, discs).Select(value => (float)value)]),
        calibrated ? new Calibration(PixelNm, PixelNm, new CalibrationSource(CalibrationOrigin.Metadata, "test")) : null,
        new Acquisition { Simulated = simulated },
        []);

    /// <summary>What a perfect analysis says of the discs.</summary>
    public static FringeAnalysis Analysis(bool calibrated, params ReadOnlySpan<LatticeDisc> discs)
    {
        List<CrystalMeasurement> crystals = [];
        foreach (LatticeDisc disc in discs)
        {
            crystals.Add(Crystal(crystals.Count + 1, disc, calibrated));
        }

        return new FringeAnalysis { Crystals = crystals, Support = [new SupportPower(0.1, calibrated ? 4 : null, 0.75)], ExpectedFalseCallsRatio = 0.002 * crystals.Count, Transfer = Transfer, Flags = [] };
    }

    /// <summary>The direction and length of a disc's fringes in cycles a pixel; y down.</summary>
    public static (double X, double Y) G(LatticeDisc disc)
    {
        double angle = disc.NormalDeg * Math.PI / 180, g = 1 / (disc.Verdict == Verdict.NoFringe ? NoFringeSpacingPx : SpacingPx);
        return (g * Math.Cos(angle), -g * Math.Sin(angle));
    }

    private static CrystalMeasurement Crystal(int id, LatticeDisc disc, bool calibrated)
    {
        double? nm = calibrated ? PixelNm : null;
        double radius = disc.DiameterPx / 2;
        bool ordered = disc.Verdict == Verdict.Superstructure, tested = disc.Verdict != Verdict.NoFringe;
        (double gx, double gy) = G(disc);
        ReciprocalVector At(double times, double turnDeg = 0)
        {
            (double sin, double cos) = Math.SinCos(turnDeg * Math.PI / 180);
            double x = times * ((gx * cos) - (gy * sin)), y = times * ((gx * sin) + (gy * cos));
            return new ReciprocalVector { XPerPx = x, YPerPx = y, XSigmaPerPx = 1e-5, YSigmaPerPx = 2e-5, XPerNm = x / nm, YPerNm = y / nm };
        }

        double spacing = tested ? SpacingPx : NoFringeSpacingPx;
        FringeMeasurement fringe = new()
        {
            Hkl = tested ? "-1 1 1" : "2 2 0",
            IsTestedFamily = tested,
            G = At(1),
            PeakG = At(1),
            SpacingPx = spacing,
            SpacingSigmaPx = 0.04,
            SpacingNm = spacing * nm,
            SpacingSigmaNm = 0.04 * nm,
            NormalDeg = disc.NormalDeg,
            NormalSigmaDeg = 0.25,
            FringeSnr = 321.5,
            AmplitudeCounts = Amplitude,
            Superlattice = !tested ? null : new SuperlatticeTest
            {
                PeriodRatio = 2,
                Place = At(0.5),
                TestedPlaces = [At(0.5), At(1.5)],
                Controls = [At(0.5, 40), At(0.5, 90), At(0.5, 140)],
                Snr = ordered ? 45.25 : 1.5,
                LargestControlSnr = 2.25,
                PValue = ordered ? 1.25e-9 : 0.4,
                LimitSnr = 9.75,
                ExpectedSnr = 40,
                DetectionProbability = disc.Verdict == Verdict.Undetermined ? 0.5 : 0.96875,
                FringeTransferRatio = 0.875,
                TransferRatio = 0.5,
                Called = ordered,
            },
        };
        return new CrystalMeasurement
        {
            ParticleId = id,
            XPx = disc.XPx,
            YPx = disc.YPx,
            X0Px = (int)Math.Floor(disc.XPx - radius),
            Y0Px = (int)Math.Floor(disc.YPx - radius),
            X1Px = (int)Math.Ceiling(disc.XPx + radius),
            Y1Px = (int)Math.Ceiling(disc.YPx + radius),
            DiameterPx = disc.DiameterPx,
            DiameterNm = disc.DiameterPx * nm,
            OutlinePx = [.. Enumerable.Range(0, 40).Select(i => new PointPx(disc.XPx + (radius * Math.Cos(Math.PI * i / 20)), disc.YPx + (radius * Math.Sin(Math.PI * i / 20))))],
            WindowWidthPx = 1.2 * disc.DiameterPx,
            WindowHeightPx = 1.2 * disc.DiameterPx,
            Fringes = [fringe],
            Carrier = tested ? fringe : null,
            SuperlatticePeriodPx = ordered ? 2 * spacing : null,
            SuperlatticePeriodNm = ordered ? 2 * spacing * nm : null,
            CrystalPValue = fringe.Superlattice?.PValue,
            DetectionProbability = fringe.Superlattice?.DetectionProbability,
            Verdict = disc.Verdict,
            Reason = ordered ? "spots at 1/2 of a fringe, 45.2 times the background" : tested ? "no superlattice seen" : "fringes in view, none of {111}",
            Flags = disc.Verdict != Verdict.Undetermined ? [] : [new CrystalFlag("low-detection", "order would have been seen with probability 0.50; 0.80 is wanted", true), new CrystalFlag("border", "it reaches the \"border\", partly", false)],
        };
    }
}
