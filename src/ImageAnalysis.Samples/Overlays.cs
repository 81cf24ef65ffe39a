using ImageAnalysis.Imaging;
using ImageAnalysis.Particles;

namespace ImageAnalysis.Samples;

/// <summary>Keeps the pictures of a run in step with its results. A picture says which result it shows, so that none is left of another one.</summary>
internal sealed class Overlays(ResultsFolder folder, ResultsStore store, RunRequest request, Action<MeasuredImage>? draw)
{
    /// <summary>Draws an image that has been measured just now.</summary>
    public void Draw(SheetFile file, StageKey key, Micrograph image, IReadOnlyList<SizeMeasurement> particles) =>
        draw?.Invoke(new MeasuredImage(file.Sample, image, particles, folder.OverlayPath(file.File), key.ResultId));

    /// <summary>Draws the picture of a stored result, unless it is there and shows this result.</summary>
    public void DrawWhereMissing(SheetFile file, StageKey key, FileOutcome known, byte[] bytes)
    {
        if (draw is not null && file.Role == FileRole.Haadf && known.Kind == OutcomeKind.Measured && !folder.HasOverlay(file.File, key.ResultId)
            && ImageFile.TryRead(file, bytes, request, out Micrograph? image, out _))
        {
            Draw(file, key, image, store.Particles(file.File));
        }
    }

    /// <summary>Deletes the picture of an earlier result where a file gives none any more.</summary>
    public void DeleteWhereNotMeasured(SheetFile file, FileOutcome outcome)
    {
        if (outcome.Kind != OutcomeKind.Measured)
        {
            folder.DeleteOverlays([file.File]);
        }
    }
}
