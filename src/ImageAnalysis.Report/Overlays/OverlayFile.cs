using ImageAnalysis.Formats;
using ImageAnalysis.Formats.Png;
using ImageAnalysis.Imaging;
using ImageAnalysis.Lattice;
using ImageAnalysis.Samples;

namespace ImageAnalysis.Report;

/// <summary>Writes the pictures of a measured image to their places in the results folder.</summary>
public static class OverlayFile
{
    /// <summary>Draws the pictures and writes them as PNG, each as a whole or not at all: first beside its place, then moved there. The overlay comes last, so that it stands for all.</summary>
    /// <param name="measured">The image, what was measured, and the places of the pictures.</param>
    /// <exception cref="InputException">A picture cannot be written.</exception>
    public static void Write(MeasuredImage measured)
    {
        ArgumentNullException.ThrowIfNull(measured);
        if (measured.Fringes is not FringeAnalysis fringes)
        {
            Write(measured, measured.OverlayPath, OverlayDrawer.Draw(measured.Image, measured.Particles, new OverlayOptions()));
            return;
        }

        // As the analysis saw it: a hot pixel would drown spectrum and profile.
        Micrograph image = measured.Image with { Pixels = OutlierFilter.Replace(measured.Image.Pixels).Image };
        foreach (CrystalMeasurement crystal in fringes.Crystals)
        {
            Write(measured, measured.CrystalPath(crystal.ParticleId), CrystalPicture.Draw(image, crystal, measured.FringeOptions));
        }

        Write(measured, measured.OverlayPath, FringeOverlayDrawer.Draw(image, fringes, measured.FringeOptions, FringeOverlayDrawer.DefaultOptions));
    }

    private static void Write(MeasuredImage measured, string path, RgbImage picture)
    {
        byte[] png = PngWriter.Write(picture, [new PngTextEntry("ImageAnalysis result", measured.ResultId)]);
        string draft = path + ".new";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(draft, png);
            File.Move(draft, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            ResultsFolder.DeleteDraft(draft);
            throw new InputException($"{path}: the picture cannot be written: {e.Message}", e);
        }
    }
}
