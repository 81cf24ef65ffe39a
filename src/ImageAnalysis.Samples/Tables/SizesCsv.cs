using ImageAnalysis.Particles;

namespace ImageAnalysis.Samples;

/// <summary><c>sizes.csv</c>: a row a particle of the HAADF images.</summary>
internal static class SizesCsv
{
    private static readonly string[] Header =
    [
        "sample", "file", "particle_id", "x_px", "y_px", "feret_max_nm", "feret_min_nm", "diameter_nm", "area_nm2", "aspect_ratio",
        "circularity_ratio", "orientation_deg", "touches_border", "touches_neighbour", "counted", "flags",
        "feret_max_sigma_nm", "diameter_sigma_nm", "half_height_diameter_nm", "border_weight_ratio", "feret_max_px", "feret_min_px", "diameter_px", "area_pixel_count",
        "integrated_intensity_counts", "background_counts", "contrast_snr", "edge_blur_sigma_px", "flag_reasons",
    ];

    public static void Write(Stream stream, ResultsStore store, IReadOnlyList<FileResult> files)
    {
        using CsvTable table = new(stream, Header);
        foreach (FileResult file in files.Where(file => file.ParticleCount > 0))
        {
            foreach (SizeMeasurement p in store.Particles(file.File))
            {
                table.Text(file.Sample).Text(file.File).Whole(p.ParticleId).Fixed(p.XPx, 3).Fixed(p.YPx, 3)
                    .Fixed(p.FeretMaxNm, 4).Fixed(p.FeretMinNm, 4).Fixed(p.DiameterNm, 4).Fixed(p.AreaNm2, 4)
                    .Fixed(p.AspectRatio, 4).Fixed(p.CircularityRatio, 4).Direction(p.OrientationDeg)
                    .Flag(p.TouchesBorder).Flag(p.TouchesNeighbour).Flag(p.Counted).Text(string.Join(';', p.Flags.Select(flag => flag.Name)))
                    .Fixed(p.FeretMaxSigmaNm, 4).Fixed(p.DiameterSigmaNm, 4).Fixed(p.HalfHeightDiameterNm, 4).Fixed(p.BorderWeightRatio, 6)
                    .Fixed(p.FeretMaxPx, 3).Fixed(p.FeretMinPx, 3).Fixed(p.DiameterPx, 3).Fixed(p.AreaPixelCount, 2)
                    .Significant(p.IntegratedIntensityCounts).Significant(p.BackgroundCounts).Significant(p.ContrastSnr).Fixed(p.EdgeBlurSigmaPx, 3)
                    .Text(string.Join("; ", p.Flags.Select(flag => flag.Reason)))
                    .EndRow();
            }
        }
    }
}
