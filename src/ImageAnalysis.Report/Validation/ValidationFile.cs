using System.Text;
using ImageAnalysis.Samples;

namespace ImageAnalysis.Report;

/// <summary>Puts the page of a validation and its plots into <c>validation/</c> of the results folder.</summary>
public static class ValidationFile
{
    /// <summary>Writes <c>validation.html</c> and the plots beside it.</summary>
    /// <param name="result">The validation.</param>
    /// <param name="folder">The results folder, still locked.</param>
    /// <exception cref="InputException">A file cannot be written.</exception>
    public static void Write(ValidationResult result, ResultsFolder folder)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(folder);
        IReadOnlyList<(string Name, Markup Plot, string Caption)> plots = ValidationPlots.All(result);
        foreach ((string name, Markup plot, _) in plots)
        {
            Save(folder, $"validation/{name}.svg", PlotFile.Standalone(plot, result.Simulated));
        }

        Save(folder, "validation/validation.html", ValidationPage.Write(result, plots));
    }

    /// <summary>Writes the plots of an injection.</summary>
    /// <param name="result">What became of the superlattices put in.</param>
    /// <param name="folder">The results folder, still locked.</param>
    /// <exception cref="InputException">A file cannot be written.</exception>
    public static void Write(InjectionResult result, ResultsFolder folder)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(folder);
        foreach ((string name, Markup plot) in ValidationPlots.All(result))
        {
            Save(folder, $"validation/{name}.svg", PlotFile.Standalone(plot, isSimulated: false));
        }
    }

    private static void Save(ResultsFolder folder, string name, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        folder.WriteFile(name, stream => stream.Write(bytes));
    }
}
