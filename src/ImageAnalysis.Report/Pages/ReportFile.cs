using System.Text;
using ImageAnalysis.Samples;

namespace ImageAnalysis.Report;

/// <summary>Puts the page into the results folder.</summary>
public static class ReportFile
{
    /// <summary>Writes <c>report.html</c> from the results of a run and the particles in its store.</summary>
    /// <param name="run">The results, whose folder is still locked against other runs.</param>
    /// <exception cref="InputException">The page cannot be written.</exception>
    public static void Write(FinishedRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        byte[] page = Encoding.UTF8.GetBytes(ReportWriter.Write(run.Result, run.Images));
        run.Folder.WriteFile(Path.GetFileName(run.Folder.ReportPath), stream => stream.Write(page));
    }
}
