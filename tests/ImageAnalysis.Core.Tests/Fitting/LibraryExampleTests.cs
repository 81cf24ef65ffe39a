using ImageAnalysis.Core;

namespace ImageAnalysis.Tests;

/// <summary>The example of docs/methods/occupancy-fit.md runs, and the page shows it as it stands here.</summary>
public sealed class LibraryExampleTests
{
    [Fact]
    public void Example_OfTheDocumentation_Runs()
    {
        string folder = RepositoryFolder.PathOf("models");

        // example
        CrystalStructure sites = CifReader.Read(File.ReadAllText(Path.Combine(folder, "cu2se-sites.cif")));
        CrystalStructure truth = CifReader.Read(File.ReadAllText(Path.Combine(folder, "cu2se-table2-6nm.cif")));

        // A pattern with known truth: 6 nm crystals, 2000 counts over a background of 500, with the noise of counts.
        PowderPattern exact = BraggPattern.Simulate(truth, new BraggPatternOptions { SizeAngstrom = 60, BackgroundCounts = [500] });
        PowderPattern pattern = CountingNoise.Poisson(exact, seed: 1);

        // Which copper sites does it support? 8 Cu per cell, one displacement parameter for all atoms.
        PowderFit fit = PowderFitter.Fit(pattern, sites, new PowderFitOptions { CommonB = true, Totals = [new ElementTotal("Cu", 8)] });

        var text = new StringWriter();
        text.WriteLine($"{fit.Best.Name}: a = {fit.Best.AAngstrom:0.000} Å, size {fit.Best.SizeAngstrom:0} Å, {fit.Scattering}");
        foreach (SiteOccupancy site in fit.Best.Sites.Where(site => site.Element == "Cu"))
        {
            text.WriteLine($"{site.AtomsPerCell:0.00} ± {site.AtomsSigmaPerCell:0.00} Cu on {site.Group}");
        }

        foreach (string line in fit.Rivals.Select(rival => $"rival {rival.Solution.Name}: Δχ² {rival.DeltaChi2:0}").Concat(fit.NotIdentifiable).Concat(fit.Warnings))
        {
            text.WriteLine(line);
        }

        // end of example
        string[] lines = text.ToString().Split(Environment.NewLine);
        Assert.StartsWith("8c+32f: a = 5.8", lines[0], StringComparison.Ordinal);

        // 0.37 · 8 = 2.96 Cu on 8c, known to 0.1.
        Assert.Contains(lines, line => line.EndsWith("Cu on 8c", StringComparison.Ordinal) && (line.StartsWith("2.8", StringComparison.Ordinal) || line.StartsWith("2.9", StringComparison.Ordinal) || line.StartsWith("3.0", StringComparison.Ordinal)));
    }

    [Fact]
    public void Example_OnThePage_IsTheOneThatRuns()
    {
        string[] source = [.. File.ReadAllLines(RepositoryFolder.PathOf("tests/ImageAnalysis.Core.Tests/Fitting/LibraryExampleTests.cs"))
            .SkipWhile(line => line.Trim() != "// example").Skip(1).TakeWhile(line => line.Trim() != "// end of example").Select(line => line.Trim()).Where(line => line.Length > 0)];
        string[] page = [.. File.ReadAllLines(RepositoryFolder.PathOf("docs/methods/occupancy-fit.md"))
            .SkipWhile(line => line.Trim() != "```csharp").Skip(1).TakeWhile(line => line.Trim() != "```").Select(line => line.Trim()).Where(line => line.Length > 0)];
        Assert.InRange(source.Length, 10, 30);
        Assert.Equal(source, page);
    }
}
