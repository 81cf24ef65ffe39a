using System.Diagnostics.CodeAnalysis;
using ImageAnalysis.Formats;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Samples;

/// <summary>Reads the image that is to be measured. The one place that catches <see cref="MicroscopeFileException"/> in a run.</summary>
internal static class ImageFile
{
    /// <summary>Reads the image that the sheet means, and gives it its pixel size.</summary>
    /// <param name="file">What the sheet says about the file.</param>
    /// <param name="bytes">The file.</param>
    /// <param name="request">What the command line says about pixel sizes.</param>
    /// <param name="image">The image with the calibration to use.</param>
    /// <param name="outcome">Measured, with what there is to know about the image; or why there is none.</param>
    /// <returns>Whether there is an image to measure.</returns>
    public static bool TryRead(SheetFile file, byte[] bytes, RunRequest request, [NotNullWhen(true)] out Micrograph? image, out FileOutcome outcome)
    {
        image = null;
        MicrographResult result;
        try
        {
            result = MicrographReader.ToMicrograph(FileReader.Read(bytes, file.File), file.File, file.Frame);
        }
        catch (MicroscopeFileException e)
        {
            outcome = new FileOutcome(OutcomeKind.BadFile, e.Message);
            return false;
        }

        if (result is not MicrographResult.Measurable found)
        {
            outcome = new FileOutcome(OutcomeKind.NotMeasurable, ((MicrographResult.NotMeasurable)result).Reason);
            return false;
        }

        (Calibration? used, FileFinding? finding) = PixelSize.Choose(file, request, found.Micrograph.Calibration);
        outcome = FileOutcome.Measured(finding is null ? found.Findings : [finding, .. found.Findings]);
        Acquisition acquisition = found.Micrograph.Acquisition;
        image = found.Micrograph with { Calibration = used, Acquisition = acquisition with { Simulated = acquisition.Simulated || file.Simulated } };
        return true;
    }
}
