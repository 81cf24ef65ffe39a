using System.Text;
using ImageAnalysis.Particles;
using ImageAnalysis.Samples;

namespace ImageAnalysis.Report;

/// <summary>Puts the page into the results folder.</summary>
public static class ReportFile
{
    /// <summary>Writes the pictures of powder fits and <c>report.html</c> from the results of a run and the particles in its store.</summary>
    /// <param name="run">The results, whose folder is still locked against other runs.</param>
    /// <exception cref="InputException">The page cannot be written.</exception>
    public static void Write(FinishedRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        foreach (SampleFit fit in run.Result.Fits)
        {
            byte[] picture = PatternPlot.File(fit.Fit, fit.File, fit.Simulated);
            run.Folder.WriteFile($"fits/{fit.Name}.svg", stream => stream.Write(picture));
        }

        WriteFigures(run);
        byte[] page = Encoding.UTF8.GetBytes(ReportWriter.Write(run.Result, run.Images, run.Crystals));
        run.Folder.WriteFile(Path.GetFileName(run.Folder.ReportPath), stream => stream.Write(page));
    }

    /// <summary>The figures as files of their own, beside their data.</summary>
    private static void WriteFigures(FinishedRun run)
    {
        void Save(string name, Markup plot)
        {
            byte[] file = Encoding.UTF8.GetBytes(PlotFile.Standalone(plot, run.Result.Simulated));
            run.Folder.WriteFile($"figures/{name}.svg", stream => stream.Write(file));
        }

        for (int i = 0; i < run.Result.Samples.Count; i++)
        {
            if (run.Result.Samples[i].FeretMax is SizeDistribution sizes)
            {
                Save(FigureTables.SizesName(i + 1, run.Result.Samples[i].Sample), HistogramPlot.Draw(sizes, "long axis", SizeAxis.Over([sizes.Histogram]), "sizes"));
            }
        }

        if (run.Result.Order is OrderTable order && OrderSection.Plot(order) is Markup plot)
        {
            Save("order-by-size", plot);
        }
    }
}
