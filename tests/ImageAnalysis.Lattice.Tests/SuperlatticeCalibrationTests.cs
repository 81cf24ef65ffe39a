namespace ImageAnalysis.Lattice.Tests;

/// <summary>The small version of the calibration: seconds. The large one is a program in benchmarks, its numbers in docs/methods/superlattice-test-calibration.md.</summary>
public sealed class SuperlatticeCalibrationTests
{
    [Fact]
    public void Test_PlacesInSupport_CallOrderAsOftenAsTheySay()
    {
        CalibrationRun run = new();
        for (int image = 0; image < 24; image++)
        {
            run.AddSupport(CalibrationScenes.Draw(500 + (ulong)image, 0, crystals: false), image, 50);
        }

        // 1,200 places: 60 ± 8 below 5 %, 12 ± 4 below 1 %, 1.2 below 0.1 %; patches of one image overlap and share their film, so three deviations and a half.
        Assert.InRange(run.SupportPValues.Count(p => p < 0.05), 32, 88);
        Assert.InRange(run.SupportPValues.Count(p => p < 0.01), 1, 26);
        Assert.InRange(run.SupportPValues.Count(p => p < 0.001), 0, 6);
    }

    [Fact]
    public void Test_RegularCrystals_CallOrderAsOftenAsTheySay()
    {
        CalibrationRun run = new();
        for (int image = 0; image < 14; image++)
        {
            run.AddCrystals(CalibrationScenes.Draw(700 + (ulong)image, 0, crystals: true), ordered: false);
        }

        // 126 crystals, of which at least 110 are found and show a fringe to be tested: 6 ± 2.4 below 5 %, 1.2 below 1 %.
        Assert.InRange(run.PValues.Count, 105, 126);
        Assert.InRange(run.PValues.Count(p => p < 0.05), 0, 15);
        Assert.InRange(run.PValues.Count(p => p < 0.01), 0, 5);
        Assert.True(run.ExtraCount <= 3, $"{run.ExtraCount} extra");

        // Spacings and directions of some 300 fringes: half of the middle 68 % of their pulls.
        Assert.InRange(Spread(run.SpacingPulls), 0.7, 1.5);
        Assert.InRange(Spread(run.AnglePulls), 0.7, 1.4);

        // Of the hundred fringes that stand for their crystals too: the width of such a sample is known to a tenth.
        Assert.InRange(run.CarrierAnglePulls.Average(), -0.3, 0.3);
        Assert.InRange(Spread(run.CarrierSpacingPulls), 0.6, 1.3);
        Assert.InRange(Spread(run.CarrierAnglePulls), 0.7, 1.3);

        static double Spread(IEnumerable<double> pulls)
        {
            double[] sorted = [.. pulls.Order()];
            return 0.5 * (sorted[(int)(0.8413 * sorted.Length)] - sorted[(int)(0.1587 * sorted.Length)]);
        }
    }

    [Fact]
    public void Search_SupportAlone_FindsNothingInMostImages()
    {
        CalibrationRun run = new();
        int with = 0;
        for (int image = 0; image < 20; image++)
        {
            with += run.AddEmpty(CalibrationScenes.Draw(900 + (ulong)image, 0, crystals: false)) > 0 ? 1 : 0;
        }

        // One image in a hundred by the option; strong astigmatism beside zeros of the transfer makes some more.
        Assert.InRange(with, 0, 3);
    }
}
