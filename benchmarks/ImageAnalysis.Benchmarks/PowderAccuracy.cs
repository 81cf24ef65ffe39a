using System.Globalization;
using ImageAnalysis.Core;

namespace ImageAnalysis.Benchmarks;

/// <summary>
/// How right the fits of powder patterns are, as docs/methods/occupancy-fit.md states it: pulls over many draws of noise, and patterns that differ from the fit's own model. Simulated throughout. Numbers
/// do not depend on the machine but for rounding.
/// </summary>
internal static class PowderAccuracy
{
    private static readonly CrystalStructure Sites = new(
        "Cu2Se", UnitCell.Cubic(5.85), SymmetryGroup.Parse("-y,x,z", "z,x,y", "y,x,z", "-x,-y,-z", "x,y+1/2,z+1/2", "x+1/2,y,z+1/2"),
        [new("Se", "Se", 0, 0, 0), new("8c", "Cu", 0.25, 0.25, 0.25, 0.4), new("4b", "Cu", 0.5, 0.5, 0.5, 0.2), new("24e", "Cu", 0.25, 0, 0, 0.075), new("32f", "Cu", 0.34, 0.34, 0.34, 0.06875)]);

    /// <summary>Prints the tables that are asked for.</summary>
    /// <param name="wanted"><c>pulls</c>, <c>unseen</c>; none for both. A number after <c>unseen</c> is the number of seeds (default 2), after <c>pulls</c> that of draws (default 200).</param>
    public static void Print(IReadOnlyList<string> wanted)
    {
        int Number(string after, int otherwise) => wanted.SkipWhile(word => word != after).Skip(1).Take(1).Select(word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : otherwise).FirstOrDefault(otherwise);
        if (wanted.Count == 0 || wanted.Contains("pulls"))
        {
            PrintPulls(commonB: true, Number("pulls", 200));
            PrintPulls(commonB: false, Number("pulls", 200));
        }

        if (wanted.Count == 0 || wanted.Contains("unseen"))
        {
            PrintUnseen(Number("unseen", 2));
        }
    }

    /// <summary>Pulls of all parameters of a model with copper on all four sites, whose parameters all lie between their bounds.</summary>
    private static void PrintPulls(bool commonB, int draws)
    {
        CrystalStructure truth = Sites.WithSites(site => site with { BIsoAngstrom2 = commonB ? 1.5 : site.Label == "Se" ? 2.5 : 3 });
        PowderPattern exact = BraggPattern.Simulate(truth, new() { SizeAngstrom = 50, BackgroundCounts = [500], DisplacementMm = 0.05 });
        Dictionary<string, double> values = new()
        {
            ["a"] = 5.85,
            ["sample displacement"] = 0.05,
            ["size"] = 50,
            ["shape"] = 0.5,
            ["B"] = 1.5,
            ["B Se"] = 2.5,
            ["B Cu"] = 3,
            ["background 0"] = 500,
            ["occupancy 8c"] = 0.4,
            ["occupancy 4b"] = 0.2,
            ["occupancy 24e"] = 0.075,
            ["occupancy 32f"] = 0.06875,
        };
        PowderFitOptions options = new() { CommonB = commonB, Displacement = Refine.Yes, Families = [new("all", ["8c", "4b", "24e", "32f"])], MostBackgroundTerms = 1, Microstrain = Refine.No, Holder = Refine.No, Halo = Refine.No };
        Dictionary<string, List<double>> pulls = values.Keys.ToDictionary(name => name, _ => new List<double>());
        int onBound = 0;
        for (int draw = 0; draw < draws; draw++)
        {
            PowderFit fit = PowderFitter.Fit(CountingNoise.Poisson(exact, 1000 + draw), Sites, options);
            if (fit.Best.Parameters.Any(parameter => parameter.IsAtBound))
            {
                onBound++;
                continue;
            }

            foreach (FitParameter parameter in fit.Best.Parameters.Where(parameter => values.ContainsKey(parameter.Name)))
            {
                pulls[parameter.Name].Add((parameter.Value - values[parameter.Name]) / parameter.Sigma!.Value);
            }
        }

        Line($"pulls, {(commonB ? "one B for all atoms" : "a B for each element")}: {draws} draws, {onBound} of them with a parameter on a bound (left out)");
        Line($"{"parameter",-20} {"mean",6} {"width",6}");
        foreach ((string name, List<double> list) in pulls.Where(pull => pull.Value.Count > 1))
        {
            double mean = list.Average(), width = Math.Sqrt(list.Sum(pull => (pull - mean) * (pull - mean)) / (list.Count - 1));
            Line($"{name,-20} {mean,6:0.00} {width,6:0.00}");
        }

        Line($"");
    }

    private static void PrintUnseen(int seeds)
    {
        int within = 0, cell = 0, named = 0, count = 0;
        double largest = 0;
        Line($"{"pattern",-62} {"8c",5} {"4b",5} {"24e",5} {"32f",5} {"worst",6} {"sigma",6} {"a, %",7} {"chi2",5} rivals, shape");
        for (int seed = 1; seed <= seeds; seed++)
        {
            foreach (UnseenPattern unseen in UnseenPatterns.All(seed))
            {
                PowderFit fit = PowderFitter.Fit(unseen.Pattern, Sites, new() { CommonB = true, Anomalous = unseen.Anomalous ? AnomalousTable.Sasaki1989 : null });
                (double worst, double sigma) = Worst(fit.Best, unseen.Truth);
                double a = 100 * ((fit.Best.AAngstrom / unseen.Truth.Cell.AAngstrom) - 1);
                bool good = worst <= 0.2, isNamed = good || fit.Rivals.Any(rival => Worst(rival.Solution, unseen.Truth).Worst <= 0.3);
                within += good ? 1 : 0;
                named += isNamed ? 1 : 0;
                cell += Math.Abs(a) <= 0.1 ? 1 : 0;
                largest = good ? Math.Max(largest, worst) : largest;
                count++;
                double[] atoms = [.. fit.Best.Sites.Where(site => site.Element == "Cu").Select(site => site.AtomsPerCell)];
                Line($"{unseen.Name,-62} {atoms[0],5:0.00} {atoms[1],5:0.00} {atoms[2],5:0.00} {atoms[3],5:0.00} {worst,6:0.00} {sigma,6:0.00} {a,7:0.000} {fit.Best.ReducedChi2,5:0.00} {fit.Rivals.Count} {fit.Best.Shape}{(good ? "" : isNamed ? "  truth is a rival" : "  MISSED")}");
            }
        }

        Line($"");
        Line($"{within} of {count} patterns: every site within 0.2 Cu (largest of these {largest:0.00}); {named} with the truth as best or rival; {cell} with a within 0.1 %");
    }

    /// <summary>The largest deviation of a site from the truth, Cu per cell, and its standard deviation.</summary>
    private static (double Worst, double Sigma) Worst(PowderSolution solution, CrystalStructure truth) => solution.Sites.Where(site => site.Element == "Cu")
        .Select(site => (Math.Abs(site.AtomsPerCell - truth.Sites.Where(one => one.Label == site.Label).Sum(one => one.OccupancyFraction * site.MultiplicityCount)), site.AtomsSigmaPerCell ?? 0)).Max();

    private static void Line(FormattableString text) => Console.WriteLine(FormattableString.Invariant(text));
}
