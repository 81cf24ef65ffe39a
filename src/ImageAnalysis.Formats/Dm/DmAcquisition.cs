using ImageAnalysis.Imaging;

namespace ImageAnalysis.Formats.Dm;

/// <summary>How an image was taken, from its tags.</summary>
internal static class DmAcquisition
{
    /// <param name="document">The document that holds the tags.</param>
    /// <param name="own">The image's own tags, as in ImageList.n.ImageTags.</param>
    public static Acquisition Of(DmDocument document, DmTagGroup? own)
    {
        DmTagGroup? tags = own;
        if (DmDocument.Find(tags, "Microscope Info") is null && DmDocument.Find(tags, "source", "Tags at creation")?.Group is DmTagGroup source)
        {
            // Stacks put together by DigitalMicrograph's stack builder keep the tags of their first image one level down.
            tags = source;
        }

        DmTagGroup? microscope = DmDocument.Find(tags, "Microscope Info")?.Group;
        DmTagGroup? bar = (DmDocument.Find(tags, "DataBar") ?? DmDocument.Find(document.Root, "DataBar"))?.Group;
        string? operation = document.Text(DmDocument.Find(microscope, "Operation Mode"));
        string? illumination = document.Text(DmDocument.Find(microscope, "Illumination Mode"));
        return new Acquisition
        {
            VoltageKv = Positive(Number(microscope, "Voltage") ?? Number(tags, "ImageScanned", "EHT")) / 1000,
            SphericalAberrationMm = Positive(Number(microscope, "Cs(mm)") ?? Number(microscope, "Cs (mm)")),
            MagnificationRatio = IsDiffractionMode(operation) ? null : Positive(Number(microscope, "Indicated Magnification")),
            ExposureSeconds = Exposure(),
            Mode = operation ?? illumination,
            Detector = Text(bar, "Signal Name") ?? Text(tags, "Acquisition", "Device", "Name") ?? Text(bar, "Device Name")
                ?? Text(tags, "Session Info", "Detector"),
            Instrument = Text(tags, "Session Info", "Microscope") ?? Text(microscope, "Microscope") ?? Text(microscope, "Name"),
            AcquiredAt = Joined(Text(bar, "Acquisition Date"), Text(bar, "Acquisition Time")) ?? Text(own, "Timestamp"),
            Simulated = Tiff.TiffDescription.SaysSimulated(Text(own, "Simulation", "Note")),
        };

        double? Number(DmTagGroup? group, params ReadOnlySpan<string> path) => document.Number(DmDocument.Find(group, path));

        string? Text(DmTagGroup? group, params ReadOnlySpan<string> path) => document.Text(DmDocument.Find(group, path));

        double? Exposure() =>
            Positive(Number(tags, "DigiScan", "Sample Time")) / 1e6 // stored in µs
            ?? Positive(Number(bar, "Exposure Time (s)"))
            ?? Positive(Number(tags, "Acquisition", "Parameters", "High Level", "Exposure (s)"))
            ?? Positive(Number(tags, "Acquisition", "Parameters", "Detector", "exposure (s)"));
    }

    /// <summary>Whether the file says that the microscope showed the diffraction plane. A scan has its own word, whatever the projector does.</summary>
    public static bool IsDiffractionMode(string? mode) => string.Equals(mode, "DIFFRACTION", StringComparison.OrdinalIgnoreCase);

    private static double? Positive(double? value) => value > 0 ? value : null;

    private static string? Joined(string? date, string? time) => (date, time) switch
    {
        (null, _) => time,
        (_, null) => date,
        _ => $"{date} {time}",
    };
}
