using ImageAnalysis.Core;

namespace ImageAnalysis.Tests;

/// <summary>Whether the errors of a fit are honest: deviations from the truth in units of the stated standard deviations, over many draws of the noise.</summary>
public sealed class PullTests
{
    [Fact]
    public void Pulls_OfAnInteriorModel_HaveMeanZeroAndWidthOne()
    {
        // 30 draws know a mean of 0 to 0.18 and a width of 1 to 0.13; the limits are three times that. (200 draws: docs/methods/occupancy-fit.md.)
        foreach ((string name, double[] pulls) in Pulls(30))
        {
            double mean = pulls.Average(), width = Math.Sqrt(pulls.Sum(pull => (pull - mean) * (pull - mean)) / (pulls.Length - 1));
            Assert.True(Math.Abs(mean) < 0.55, $"{name}: mean {mean}");
            Assert.True(width is > 0.6 and < 1.4, $"{name}: width {width}");
        }
    }

    /// <summary>Pulls of all parameters of a model with copper on all four sites, that are on no bound.</summary>
    private static Dictionary<string, double[]> Pulls(int draws)
    {
        CrystalStructure truth = CopperSelenide.Of(0.4, 0.2, 0.075, 0.06875, b: 1.5);
        PowderPattern exact = BraggPattern.Simulate(truth, new() { SizeAngstrom = 50, BackgroundCounts = [500], DisplacementMm = 0.05 });
        Dictionary<string, double> values = new()
        {
            ["a"] = 5.85,
            ["sample displacement"] = 0.05,
            ["size"] = 50,
            ["shape"] = 0.5,
            ["B"] = 1.5,
            ["background 0"] = 500,
            ["occupancy 8c"] = 0.4,
            ["occupancy 4b"] = 0.2,
            ["occupancy 24e"] = 0.075,
            ["occupancy 32f"] = 0.06875,
        };
        PowderFitOptions options = new() { CommonB = true, Displacement = Refine.Yes, Families = [new("all", ["8c", "4b", "24e", "32f"])], MostBackgroundTerms = 1, Microstrain = Refine.No, Holder = Refine.No, Halo = Refine.No };
        Dictionary<string, double[]> pulls = values.Keys.ToDictionary(name => name, _ => new double[draws]);
        for (int draw = 0; draw < draws; draw++)
        {
            PowderFit fit = PowderFitter.Fit(CountingNoise.Poisson(exact, 1000 + draw), CopperSelenide.Of(0.4, 0.2, 0.075, 0.06875), options);
            foreach (FitParameter parameter in fit.Best.Parameters.Where(parameter => values.ContainsKey(parameter.Name)))
            {
                Assert.False(parameter.IsAtBound, $"draw {draw}: {parameter.Name}");
                pulls[parameter.Name][draw] = (parameter.Value - values[parameter.Name]) / parameter.Sigma!.Value;
            }
        }

        return pulls;
    }
}
