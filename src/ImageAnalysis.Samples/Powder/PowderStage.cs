using ImageAnalysis.Core;
using ImageAnalysis.Formats;

namespace ImageAnalysis.Samples;

/// <summary>The fits of one pattern with all models of its sample, best first.</summary>
internal sealed record PowderMeasurement(IReadOnlyList<(string Model, PowderFit Fit)> Fits);

/// <summary>From the bytes of a pattern file to its fits.</summary>
internal static class PowderStage
{
    /// <summary>Reads and fits a pattern. Whatever is wrong with the file is an outcome.</summary>
    public static ImageMeasurement Measure(SheetFile file, byte[] bytes, IReadOnlyList<CrystalModel> models, PxrdOptions options)
    {
        PowderPatternResult read;
        try
        {
            read = PowderPatternReader.Read(bytes, file.File, file.Frame);
        }
        catch (MicroscopeFileException e)
        {
            return new ImageMeasurement { Outcome = new FileOutcome(OutcomeKind.BadFile, e.Message) };
        }

        if (read is not PowderPatternResult.Measurable found)
        {
            return new ImageMeasurement { Outcome = new FileOutcome(OutcomeKind.NotMeasurable, ((PowderPatternResult.NotMeasurable)read).Reason) };
        }

        List<(string Model, PowderFit Fit)> fits = [];
        foreach (CrystalModel model in models)
        {
            try
            {
                bool hasCopper = model.Structure.Sites.Any(site => site.Species.Element == "Cu");
                fits.Add((model.Name, PowderFitter.Fit(found.Pattern, model.Structure, options.ToFitOptions(hasCopper))));
            }
            catch (ArgumentException e)
            {
                // The fitter refuses what it cannot fit, such as another wavelength, in this way; with another model it would be refused too, or the model is.
                return new ImageMeasurement { Outcome = new FileOutcome(OutcomeKind.NotMeasurable, $"cannot be fitted with {model.Name}: {e.Message.Split(" (Parameter")[0]}") };
            }
        }

        // Models are hypotheses on the same data: the information criterion decides between them.
        return new ImageMeasurement
        {
            Outcome = new FileOutcome(OutcomeKind.Measured),
            Frame = file.Frame is null ? null : found.Range,
            Simulated = file.Simulated || found.Pattern.IsSimulated,
            Powder = new PowderMeasurement([.. fits.OrderBy(fit => fit.Fit.Best.Bic)]),
        };
    }
}
