using ImageAnalysis.Formats.Png;
using ImageAnalysis.Samples;

namespace ImageAnalysis.Report;

/// <summary>Writes the overlay of a measured image to its place in the results folder.</summary>
public static class OverlayFile
{
    /// <summary>Draws the overlay and writes it as PNG, as a whole or not at all: first beside its place, then moved there.</summary>
    /// <param name="measured">The image, its particles and the place of the picture.</param>
    /// <exception cref="InputException">The picture cannot be written.</exception>
    public static void Write(MeasuredImage measured)
    {
        ArgumentNullException.ThrowIfNull(measured);
        byte[] png = PngWriter.Write(OverlayDrawer.Draw(measured.Image, measured.Particles, new OverlayOptions()), [new PngTextEntry("ImageAnalysis result", measured.ResultId)]);
        string draft = measured.OverlayPath + ".new";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(measured.OverlayPath)!);
            File.WriteAllBytes(draft, png);
            File.Move(draft, measured.OverlayPath, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            ResultsFolder.DeleteDraft(draft);
            throw new InputException($"{measured.OverlayPath}: the overlay cannot be written: {e.Message}", e);
        }
    }
}
