using ImageAnalysis.Imaging;

namespace ImageAnalysis.Formats;

/// <summary>What <c>ima inspect</c> says about one data set of a file; the names are those of its JSON keys.</summary>
/// <param name="Frames">Number of frames.</param>
/// <param name="WidthPx">Width in px; the number of points of a powder pattern.</param>
/// <param name="HeightPx">Height in px; 1 for a powder pattern.</param>
/// <param name="Type">Number type of a pixel: <c>bool</c>, <c>uint8</c> … <c>float64</c>, <c>complex64</c>, <c>complex128</c>, <c>rgb8</c>, <c>rgb16</c>.</param>
/// <param name="PixelWidthNm">Pixel width in nm, or <c>null</c> where none is known in units of length.</param>
/// <param name="PixelHeightNm">Pixel height in nm, or <c>null</c>.</param>
/// <param name="CalibrationSource">Where the pixel size comes from, such as <c>metadata:DigitalMicrograph</c>, or <c>null</c>.</param>
/// <param name="UnitAsStored">The unit in the file's own words (x, or <c>x|y</c>), or <c>null</c> where it gives none.</param>
/// <param name="Mode">Operation mode in the file's own words, or <c>null</c>.</param>
/// <param name="MinCounts">Smallest finite value over all frames; <c>null</c> for complex and colour data.</param>
/// <param name="MaxCounts">Largest finite value over all frames; <c>null</c> for complex and colour data.</param>
/// <param name="SumCounts">Sum of the finite values of all frames; <c>null</c> for complex and colour data.</param>
/// <param name="CornersCounts">Top-left, top-right, bottom-left, bottom-right value of the first frame; <c>null</c> for complex and colour data.</param>
/// <param name="Powder">What is known of a powder pattern; <c>null</c> for anything else.</param>
public sealed record SignalDescription(
    int Frames,
    int WidthPx,
    int HeightPx,
    string Type,
    double? PixelWidthNm,
    double? PixelHeightNm,
    string? CalibrationSource,
    string? UnitAsStored,
    string? Mode,
    double? MinCounts,
    double? MaxCounts,
    double? SumCounts,
    IReadOnlyList<double?>? CornersCounts,
    PowderDescription? Powder = null);

/// <summary>What <c>ima inspect</c> says about a file; the names are those of its JSON keys.</summary>
/// <param name="Path">The path as given.</param>
/// <param name="Format">Name of the format.</param>
/// <param name="Kind">
/// <c>image</c>, <c>diffraction</c>, <c>spectrum</c>, <c>powder</c> or <c>other</c>: of the first measurable signal, else of the first.
/// </param>
/// <param name="Signals">The data sets, in the file's order.</param>
/// <param name="Measurable">Whether the file holds exactly one image, or one powder pattern, that can be measured.</param>
/// <param name="Reason">Why it is not measurable, or <c>null</c>.</param>
/// <param name="Tags">The file's own words.</param>
public sealed record FileDescription(
    string Path,
    string Format,
    string Kind,
    IReadOnlyList<SignalDescription> Signals,
    bool Measurable,
    string? Reason,
    IReadOnlyList<RawTag> Tags);
