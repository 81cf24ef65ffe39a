using ImageAnalysis.Imaging;
using ImageAnalysis.Lattice;
using ImageAnalysis.Particles;

namespace ImageAnalysis.Samples;

/// <summary>Keeps the pictures of a run in step with its results. A picture says which result it shows, so that none is left of another one.</summary>
internal sealed class Overlays(ResultsFolder folder, ResultsStore store, RunRequest request, FringeOptions options, Action<MeasuredImage>? draw)
{
    /// <summary>Draws a HAADF-STEM image that has been measured just now.</summary>
    public void Draw(SheetFile file, StageKey key, Micrograph image, IReadOnlyList<SizeMeasurement> particles) =>
        draw?.Invoke(new MeasuredImage(file.Sample, image, particles, folder.OverlayPath(file.File), key.ResultId));

    /// <summary>Draws an HRTEM image that has been measured just now, and removes pictures of crystals that it does not have any more.</summary>
    public void Draw(SheetFile file, StageKey key, Micrograph image, FringeAnalysis fringes)
    {
        if (draw is not null)
        {
            folder.DeleteCrystals(file.File, kept: fringes.Crystals.Count);
            draw(new MeasuredImage(file.Sample, image, [], folder.OverlayPath(file.File), key.ResultId) { Fringes = fringes, FringeOptions = options, CrystalFolder = folder.CrystalFolder(file.File) });
        }
    }

    /// <summary>Draws the pictures of a stored result, unless they are there and show this result.</summary>
    public void DrawWhereMissing(SheetFile file, StageKey key, FileOutcome known, byte[] bytes)
    {
        if (draw is null || file.Role == FileRole.Pxrd || known.Kind != OutcomeKind.Measured)
        {
            return;
        }

        FringeAnalysis? fringes = file.Role == FileRole.Hrtem ? store.Fringes(file.File) : null;
        bool isThere = folder.HasOverlay(file.File, key.ResultId) && (fringes?.Crystals ?? []).All(crystal => folder.HasCrystal(file.File, crystal.ParticleId));
        if (!isThere && ImageFile.TryRead(file, bytes, request, out Micrograph? image, out _))
        {
            DrawStored(file, key, image);
        }
    }

    /// <summary>Draws the pictures of a stored result.</summary>
    public void DrawStored(SheetFile file, StageKey key, Micrograph image)
    {
        if (store.Fringes(file.File) is FringeAnalysis fringes)
        {
            Draw(file, key, image, fringes);
        }
        else
        {
            Draw(file, key, image, store.Particles(file.File));
        }
    }

    /// <summary>Deletes the pictures of an earlier result where a file gives none any more.</summary>
    public void DeleteWhereNotMeasured(SheetFile file, FileOutcome outcome)
    {
        if (outcome.Kind != OutcomeKind.Measured)
        {
            folder.DeleteOverlays([file.File]);
        }
    }
}
