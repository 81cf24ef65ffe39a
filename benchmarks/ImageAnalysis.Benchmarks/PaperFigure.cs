using System.Globalization;
using System.Text;
using ImageAnalysis.Core;

namespace ImageAnalysis.Benchmarks;

/// <summary>The pictures and the numbers of docs/methods/paper-figure-4.md: patterns of the paper's models, simulated from the structures in <c>models</c>.</summary>
internal static class PaperFigure
{
    private const double Width = 800, Left = 20, Right = 196, Top = 34, Row = 118, Bottom = 46, FirstDeg = 20, LastDeg = 66;
    private static readonly string[] Colours = ["#0b3d66", "#b84a00", "#2b7a4b"];
    private static readonly (int H, int K, int L)[] Lines = [(1, 1, 1), (2, 0, 0), (2, 2, 0), (3, 1, 1), (2, 2, 2), (4, 0, 0)];

    /// <summary>Writes both pictures and prints the tables.</summary>
    /// <param name="models">Folder of the structures.</param>
    /// <param name="folder">Folder for the pictures.</param>
    public static void Write(string models, string folder)
    {
        CrystalStructure Model(string name) => CifReader.Read(File.ReadAllText(Path.Combine(models, name + ".cif")));
        (string Label, CrystalStructure Crystal)[] c =
        [
            ("8c 0.37, 32f 0.1575", Model("cu2se-table3-row1")), ("8c 0.685, 32f 0.07875", Model("cu2se-table3-row2")), ("8c 1", Model("cu2se-table3-row3")),
        ];
        (string Label, CrystalStructure Crystal)[] d =
        [
            ("8c 0.3, 24e 0.2333", Model("cu2se-table4-row1")), ("8c 0.3, 4b 0.15, 24e 0.2083", Model("cu2se-table4-row2")), ("8c 0.3, 4b 0.3, 24e 0.1833", Model("cu2se-table4-row3")),
        ];
        Draw(Path.Combine(folder, "paper-figure-4c.svg"), "Copper from trigonal (32f) to tetrahedral (8c) sites, lines of Scherrer size 6 nm", c, 60);
        Draw(Path.Combine(folder, "paper-figure-4d.svg"), "Copper from 24e to octahedral (4b) sites, lines of Scherrer size 2 nm", d, 20);
        Console.WriteLine("| model | 111 | 200 | 220 | 311 | 222 | 400 |\n|---|---|---|---|---|---|---|");
        foreach ((string label, CrystalStructure crystal) in c.Concat(d))
        {
            double[] plain = Intensities(crystal, null), full = Intensities(crystal, AnomalousTable.Sasaki1989);
            Console.WriteLine($"| {label} | {string.Join(" | ", plain.Zip(full, (a, b) => FormattableString.Invariant($"{a:0.0} ({b:0.0})")))} |");
        }

        Console.WriteLine();
        foreach (string name in (string[])["2nm", "4nm", "6nm"])
        {
            CrystalStructure crystal = Model("cu2se-table2-" + name).WithSites(site => site with { BIsoAngstrom2 = 1 });
            DiameterDistribution sizes = DiameterDistribution.Normal(20, 2);
            DebyePatternOptions options = new() { StepDeg = 0.05 };
            SphereAverage spheres = DebyePattern.Collect(crystal, sizes, options);
            ApparentLattice read = LatticeReading.Read(DebyePattern.OfSpheres(spheres, sizes, options), spheres, sizes, 1, 1, 1, options);
            Console.WriteLine(FormattableString.Invariant($"{name} model as unstrained spheres of 2.0 ± 0.2 nm: the maximum of (111) reads {100 * (read.PeakCellRatio - 1):+0.0;-0.0} % in a, the whole pattern {100 * (read.PatternCellRatio - 1):+0.00;-0.00;0.00} %"));
        }
    }

    /// <summary>Integrated intensities of Kα₁ relative to the strongest, B = 0.</summary>
    private static double[] Intensities(CrystalStructure crystal, AnomalousTable? anomalous)
    {
        Dictionary<(int, int, int), double> all = Reflections.Of(crystal, new() { Anomalous = anomalous, SmallestSpacingAngstrom = 1.4 }).ToDictionary(
            line => (line.H, line.K, line.L), line => line.MultiplicityCount * line.StructureFactorElectrons2 * LorentzPolarisation.FactorRatio(line.TwoThetaDeg(PowderWavelengths.CuKAlpha.Alpha1Angstrom)!.Value));
        double strongest = all.Values.Max();
        return [.. Lines.Select(line => 100 * all[line] / strongest)];
    }

    private static void Draw(string path, string title, (string Label, CrystalStructure Crystal)[] rows, double sizeAngstrom)
    {
        double height = Top + (rows.Length * Row) + Bottom, foot = height - Bottom, scale = (Width - Left - Right) / (LastDeg - FirstDeg);
        double X(double angle) => Left + ((angle - FirstDeg) * scale);
        StringBuilder svg = new();
        void Add(FormattableString text) => svg.Append(FormattableString.Invariant(text)).Append('\n');
        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" width=\"{Width}\" height=\"{height}\" role=\"img\" font-family=\"DejaVu Sans, Arial, sans-serif\" font-size=\"12\">");
        Add($"<title>{title}</title><rect width=\"{Width}\" height=\"{height}\" fill=\"#ffffff\"/>");
        Add($"<text x=\"{Left}\" y=\"19\" font-size=\"13\" font-weight=\"600\">{title}</text><text x=\"{Width - 8}\" y=\"{height - 10}\" text-anchor=\"end\" fill=\"#59636e\">simulated</text>");
        foreach ((int h, int k, int l) in Lines)
        {
            double at = X(rows[0].Crystal.Cell.SpacingAngstrom(h, k, l) is double spacing ? 2 * Math.Asin(1.540593 / 2 / spacing) * 180 / Math.PI : 0);
            Add($"<line x1=\"{at:0.##}\" x2=\"{at:0.##}\" y1=\"{Top + 12}\" y2=\"{foot}\" stroke=\"#d4d9de\"/><text x=\"{at:0.##}\" y=\"{Top + 8}\" text-anchor=\"middle\" fill=\"#59636e\">{h}{k}{l}</text>");
        }

        for (int row = 0; row < rows.Length; row++)
        {
            PowderPattern pattern = BraggPattern.Simulate(
                rows[row].Crystal, new() { FirstTwoThetaDeg = FirstDeg, LastTwoThetaDeg = LastDeg, StepDeg = 0.1, SizeAngstrom = sizeAngstrom, PeakCounts = Row - 24, Scattering = new() { Anomalous = null } });
            double ground = Top + ((row + 1) * Row);
            string points = string.Join(' ', pattern.TwoThetaDeg.Zip(pattern.IntensityCounts, (angle, counts) => string.Create(CultureInfo.InvariantCulture, $"{X(angle):0.#},{ground - counts:0.#}")));
            Add($"<polyline fill=\"none\" stroke=\"{Colours[row]}\" stroke-width=\"1.5\" stroke-linejoin=\"round\" points=\"{points}\"/>");
            Add($"<text x=\"{Width - Right + 8}\" y=\"{ground - 6}\" fill=\"{Colours[row]}\">{rows[row].Label}</text>");
        }

        Add($"<line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{foot}\" y2=\"{foot}\" stroke=\"#1c2126\"/>");
        for (double angle = FirstDeg; angle <= LastDeg; angle += 10)
        {
            Add($"<line x1=\"{X(angle)}\" x2=\"{X(angle)}\" y1=\"{foot}\" y2=\"{foot + 5}\" stroke=\"#1c2126\"/><text x=\"{X(angle)}\" y=\"{foot + 18}\" text-anchor=\"middle\">{angle}</text>");
        }

        Add($"<text x=\"{X((FirstDeg + LastDeg) / 2)}\" y=\"{height - 10}\" text-anchor=\"middle\">2θ of Cu Kα (degrees)</text>");
        svg.Append("</svg>\n");
        File.WriteAllText(path, svg.ToString());
    }
}
