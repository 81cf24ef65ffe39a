using System.Text;
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

        byte[] page = Encoding.UTF8.GetBytes(ReportWriter.Write(run.Result, run.Images, run.Crystals));
        run.Folder.WriteFile(Path.GetFileName(run.Folder.ReportPath), stream => stream.Write(page));
    }
}
