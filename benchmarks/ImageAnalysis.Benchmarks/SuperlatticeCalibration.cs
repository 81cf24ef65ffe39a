using System.Globalization;
using System.Text;
using ImageAnalysis.Lattice.Tests;

namespace ImageAnalysis.Benchmarks;

/// <summary>How often the superlattice test calls order where there is none, against what it says, on drawn images of crystals and of support.</summary>
public static class SuperlatticeCalibration
{
    private const int PatchesPerImage = 30;

    private static readonly double[] Levels = [0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001];

    /// <summary>Prints the counts and writes the plot.</summary>
    /// <param name="images">Number of images of nine crystals each, and of images of support.</param>
    /// <param name="rest">Number of the first image (other numbers, other images); file for the plot.</param>
    public static void Print(int images, IReadOnlyList<string> rest)
    {
        ulong first = rest.Count > 0 ? ulong.Parse(rest[0], CultureInfo.InvariantCulture) : 1;
        CalibrationRun run = new(), support = new();
        int withFinds = 0;
        // Two runs side by side; the order within does not matter.
        Parallel.Invoke(
            () =>
            {
                for (int i = 0; i < images; i++)
                {
                    run.AddCrystals(CalibrationScenes.Draw(first + (ulong)i, 0, crystals: true), ordered: false);
                }
            },
            () =>
            {
                for (int i = 0; i < images; i++)
                {
                    support.AddSupport(CalibrationScenes.Draw(first + 1_000_000 + (ulong)i, 0, crystals: false), i, PatchesPerImage);
                }
            });

        for (int i = 0; i < images / 4; i++)
        {
            withFinds += run.AddEmpty(CalibrationScenes.Draw(first + 2_000_000 + (ulong)i, 0, crystals: false)) > 0 ? 1 : 0;
        }

        Console.WriteLine("level\tcrystals\tsupport");
        foreach (double level in Levels)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{level}\t{Rate(run.PValues, level):G4}\t{Rate(support.SupportPValues, level):G4}"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"crystals: {run.PValues.Count} tested of {run.DrawnCount} drawn; places in support: {support.SupportPValues.Count}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"images of support with a find: {withFinds} of {images / 4}"));
        Console.WriteLine($"pulls of spacings: {Describe(run.SpacingPulls)}");
        Console.WriteLine($"pulls of directions: {Describe(run.AnglePulls)}");
        Console.WriteLine($"the same of the fringes that stand for their crystals: {Describe(run.CarrierSpacingPulls)}");
        Console.WriteLine($"directions: {Describe(run.CarrierAnglePulls)}");
        Console.WriteLine($"fringes along no wave of their crystal within 6 % and 5°: {run.UnmatchedCount}");
        if (rest.Count > 1)
        {
            File.WriteAllText(rest[1], Plot(run.PValues, support.SupportPValues));
        }
    }

    private static double Rate(List<double> pValues, double level) => (double)pValues.Count(p => p < level) / Math.Max(1, pValues.Count);

    private static string Describe(List<double> pulls)
    {
        double[] sorted = [.. pulls.Order()];
        double mean = pulls.Average(), deviation = Math.Sqrt(pulls.Average(pull => (pull - mean) * (pull - mean)));
        double half = 0.5 * (sorted[(int)(0.8413 * sorted.Length)] - sorted[(int)(0.1587 * sorted.Length)]);
        return string.Create(CultureInfo.InvariantCulture, $"{pulls.Count}, mean {mean:F2}, median {sorted[sorted.Length / 2]:F2}, standard deviation {deviation:F2}, half of the middle 68 % {half:F2}");
    }

    // Observed against nominal rates, both logarithmic from 10⁻⁴ to 1, with the bars of a factor of 1.5.
    private static string Plot(List<double> crystals, List<double> support)
    {
        const int Size = 360, Margin = 46;
        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Size + (2 * Margin)}\" height=\"{Size + (2 * Margin)}\" font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        for (int decade = -4; decade <= 0; decade++)
        {
            double at = Math.Pow(10, decade);
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{X(at):F1} {Margin}V{Size + Margin}M{Margin} {Y(at):F1}H{Size + Margin}\" stroke=\"#ddd\"/>\n<text x=\"{X(at):F1}\" y=\"{Size + Margin + 16}\" text-anchor=\"middle\">{at:G}</text>\n<text x=\"{Margin - 6}\" y=\"{Y(at) + 4:F1}\" text-anchor=\"end\">{at:G}</text>\n");
        }

        foreach (double factor in (double[])[1 / 1.5, 1, 1.5])
        {
            double low = Math.Max(1e-4, 1e-4 / factor), high = Math.Min(1, 1 / factor);
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{X(low):F1} {Y(low * factor):F1}L{X(high):F1} {Y(high * factor):F1}\" stroke=\"#888\" stroke-dasharray=\"{(factor == 1 ? "none" : "4 4")}\"/>\n");
        }

        Curve(crystals, "#c0392b", "regular crystals", 0);
        Curve(support, "#2471a3", "places in the support", 1);
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Margin + (Size / 2)}\" y=\"{Size + (2 * Margin) - 8}\" text-anchor=\"middle\">nominal rate of false alarms</text>\n<text transform=\"translate(12 {Margin + (Size / 2)}) rotate(-90)\" text-anchor=\"middle\">observed (simulated images)</text>\n</svg>\n");
        return svg.ToString();

        void Curve(List<double> pValues, string colour, string name, int row)
        {
            double[] sorted = [.. pValues.Order()];
            StringBuilder path = new();
            for (double level = 1e-4; level <= 1.0001; level *= 1.15)
            {
                int below = Array.FindIndex(sorted, p => p >= level);
                double rate = (double)(below < 0 ? sorted.Length : below) / sorted.Length;
                if (rate >= 1e-4)
                {
                    path.Append(CultureInfo.InvariantCulture, $"{(path.Length == 0 ? 'M' : 'L')}{X(level):F1} {Y(rate):F1}");
                }
            }

            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>\n<text x=\"{Margin + 10}\" y=\"{Margin + 18 + (16 * row)}\" fill=\"{colour}\">{name}: {pValues.Count}</text>\n");
        }

        static double X(double value) => Margin + (Size * (Math.Log10(value) + 4) / 4);
        static double Y(double value) => Margin + Size - (Size * (Math.Log10(value) + 4) / 4);
    }
}
