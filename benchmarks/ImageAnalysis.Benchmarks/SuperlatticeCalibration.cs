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
        PrintPulls(run);
        if (rest.Count > 1)
        {
            File.WriteAllText(rest[1], Plot(run.PValues, support.SupportPValues));
        }
    }

    private static double Rate(List<double> pValues, double level) => (double)pValues.Count(p => p < level) / Math.Max(1, pValues.Count);

    /// <summary>Prints pulls of spacings and directions of crystals alone, by size, transfer, kind of fringe and signal.</summary>
    /// <param name="images">Number of images of nine crystals each.</param>
    /// <param name="first">Number of the first image.</param>
    public static void PrintPulls(int images, ulong first)
    {
        CalibrationRun run = new();
        for (int i = 0; i < images; i++)
        {
            run.AddCrystals(CalibrationScenes.Draw(first + (ulong)i, 0, crystals: true), ordered: false);
        }

        PrintPulls(run);
    }

    private static void PrintPulls(CalibrationRun run)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"fringes of {run.DrawnCount} drawn crystals: {run.Pulls.Count} matched, {run.UnmatchedCount} left out (no drawn wave within 1/D, or a stronger one within 1.5/D)"));
        Console.WriteLine("fringes\tn\td: mean\tsd\tsd within 5\thalf of the middle 68 %\tdirection: mean\tsd\tsd within 5\thalf of the middle 68 %");
        Row("all", _ => true);
        Row("one a crystal", pull => pull.IsCarrier);
        Row("below 2.5 nm", pull => pull.DiameterNm < 2.5);
        Row("2.5-3.5 nm", pull => pull.DiameterNm is >= 2.5 and < 3.5);
        Row("3.5-4.5 nm", pull => pull.DiameterNm is >= 3.5 and < 4.5);
        Row("from 4.5 nm", pull => pull.DiameterNm >= 4.5);
        Row("transfer below 0.2", pull => Math.Abs(pull.TransferRatio) < 0.2);
        Row("transfer from 0.2", pull => Math.Abs(pull.TransferRatio) >= 0.2);
        Row("{111}", pull => pull.IsOf111);
        Row("others", pull => !pull.IsOf111);
        Row("power below 20", pull => pull.Snr < 20);
        Row("power 20-100", pull => pull.Snr is >= 20 and < 100);
        Row("power from 100", pull => pull.Snr >= 100);

        void Row(string name, Func<FringePull, bool> isIn)
        {
            FringePull[] pulls = [.. run.Pulls.Where(isIn)];
            if (pulls.Length > 1)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}\t{pulls.Length}\t{Describe([.. pulls.Select(pull => pull.SpacingRatio)])}\t{Describe([.. pulls.Select(pull => pull.AngleRatio)])}"));
            }
        }
    }

    // Mean, standard deviation, that of those within 5 alone, half of the middle 68 %.
    private static string Describe(double[] pulls)
    {
        double[] sorted = [.. pulls.Order()], inner = [.. sorted.Where(pull => Math.Abs(pull) < 5)];
        double half = 0.5 * (sorted[(int)(0.8413 * sorted.Length)] - sorted[(int)(0.1587 * sorted.Length)]);
        return string.Create(CultureInfo.InvariantCulture, $"{pulls.Average():F2}\t{Deviation(pulls):F2}\t{Deviation(inner):F2}\t{half:F2}");

        static double Deviation(double[] values)
        {
            double mean = values.Average();
            return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        }
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
