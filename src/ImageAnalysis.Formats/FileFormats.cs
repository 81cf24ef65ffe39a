using ImageAnalysis.Formats.Bruker;
using ImageAnalysis.Formats.Columns;
using ImageAnalysis.Formats.Dm;
using ImageAnalysis.Formats.Gsas;
using ImageAnalysis.Formats.Rigaku;
using ImageAnalysis.Formats.Uxd;
using ImageAnalysis.Formats.Xrdml;

namespace ImageAnalysis.Formats;

/// <summary>The table of formats: everything that is recognised by its content, and what reads it.</summary>
public static class FileFormats
{
    private const string PairDistributionReason =
        "G(r) over the distance r is what a Fourier transform made of a whole scattering pattern. It holds no angles and no counts, so that no pattern can be fitted to it; give the measured pattern.";

    /// <summary>
    /// All rows. Where several recognise a file, the one with the file's extension wins, else the first of them: so a general row
    /// (HDF5) stands before the formats built upon it, and rows without an unmistakable signature stand last.
    /// </summary>
    public static IReadOnlyList<FileFormat> All { get; } =
    [
        new("DM3", [".dm3"], DmReader.IsDm3, DmReader.Read),
        new("DM4", [".dm4"], DmReader.IsDm4, DmReader.Read),
        new("PNG", [".png"], Png.PngReader.Recognises, Png.PngReader.Read),
        new("TIFF", [".tif", ".tiff"], Tiff.TiffReader.Recognises, Tiff.TiffReader.Read),
        new("DM2", [".dm2"], FileSignatures.IsDm2, Read: null),
        new("SER", [".ser"], FileSignatures.IsSer, Read: null),
        new("EMI", [".emi"], FileSignatures.IsEmi, Read: null),
        new("HDF5", [".h5", ".hdf5"], FileSignatures.IsHdf5, Read: null),
        new("EMD", [".emd"], FileSignatures.IsHdf5, Read: null),
        new("DM5", [".dm5"], FileSignatures.IsHdf5, Read: null),
        new("HyperSpy", [".hspy"], FileSignatures.IsHdf5, Read: null),
        new("JPEG", [".jpg", ".jpeg"], FileSignatures.IsJpeg, Read: null),
        new("Rigaku RAS", [".ras"], RasReader.Recognises, RasReader.Read),
        new("Rigaku RASX", [".rasx"], RasxReader.Recognises, RasxReader.Read),
        new("XRDML", [".xrdml"], XrdmlReader.Recognises, XrdmlReader.Read),
        new("Bruker RAW", [".raw"], BrukerRawReader.Recognises, BrukerRawReader.Read),
        new("Bruker BRML", [".brml"], BrmlReader.Recognises, BrmlReader.Read),
        new("UXD", [".uxd"], UxdReader.Recognises, UxdReader.Read),
        new("MRC", [".mrc", ".map", ".st", ".rec"], FileSignatures.IsMrc, Read: null),
        new("pair distribution function", [".gr"], FileSignatures.IsPairDistribution, Read: null, PairDistributionReason),
        new("GSAS", [".gsas", ".gsa", ".gda", ".xra", ".fxye"], GsasReader.Recognises, GsasReader.Read),
        new("XYE", [".xye"], ColumnsReader.IsXye, ColumnsReader.Read),
        new("XY", [".xy"], ColumnsReader.IsXy, ColumnsReader.Read),
    ];
}
