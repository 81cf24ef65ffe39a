using System.Text;
using ImageAnalysis.Samples;

namespace ImageAnalysis.Report;

/// <summary>Puts the page into the results folder.</summary>
public static class ReportFile
{
    /// <summary>Writes <c>report.html</c> from the results of a run and the particles in its store.</summary>
    /// <param name="run">The results; their folder must not be written to by another run meanwhile.</param>
    /// <returns>Full path of the page.</returns>
    /// <exception cref="InputException">The folder is no results folder, cannot be written, or is in use.</exception>
    public static string Write(RunResult run)
    {
        ArgumentNullException.ThrowIfNull(run);
        byte[] page = Encoding.UTF8.GetBytes(ReportWriter.Write(run, StoredImages.Of(run.ResultsFolder)));
        using ResultsFolder folder = ResultsFolder.Open(run.ResultsFolder, mustExist: true);
        folder.WriteFile(Path.GetFileName(folder.ReportPath), stream => stream.Write(page));
        return folder.ReportPath;
    }
}
