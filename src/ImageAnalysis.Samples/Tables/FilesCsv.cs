namespace ImageAnalysis.Samples;

/// <summary><c>files.csv</c>: a row an input file.</summary>
internal static class FilesCsv
{
    private static readonly string[] Header =
    [
        "file", "sample", "role", "outcome", "message", "pixel_width_nm", "pixel_height_nm", "calibration_source", "sha256", "seconds",
        "frame", "width_px", "height_px", "n_particles", "n_counted", "n_flagged", "simulated", "flags", "defocus_nm", "defocus_sigma_nm",
    ];

    public static void Write(Stream stream, IReadOnlyList<FileResult> files)
    {
        using CsvTable table = new(stream, Header);
        foreach (FileResult file in files)
        {
            bool imaged = file.Role == FileRole.Hrtem && file.Outcome?.Kind == OutcomeKind.Measured;
            bool sized = file.Role == FileRole.Haadf && file.Outcome?.Kind == OutcomeKind.Measured;
            table.Text(file.File).Text(file.Sample).Text(file.Role.Word()).Text(file.Outcome?.Word).Text(file.Outcome?.Message ?? "not reached: the run was interrupted")
                .Exact(file.PixelWidthNm).Exact(file.PixelHeightNm).Text(file.CalibrationSource).Text(file.Sha256).Fixed(file.Seconds, 3)
                .Whole(file.Frame).Whole(file.WidthPx).Whole(file.HeightPx)
                .Whole(sized ? file.ParticleCount : imaged ? file.CrystalCount : null).Whole(sized ? file.CountedCount : imaged ? file.FringeCount : null).Whole(sized ? file.FlaggedCount : imaged ? file.ReviewCount : null)
                .Flag(file.Simulated).Text(string.Join(';', file.Outcome?.Flags ?? [])).Fixed(file.DefocusNm, 2).Fixed(file.DefocusSigmaNm, 2)
                .EndRow();
        }
    }
}
