using ImageAnalysis.Imaging;

namespace ImageAnalysis.Formats.Dm;

/// <summary>What a written DM3 says besides its pixels.</summary>
public sealed record DmWriteOptions
{
    /// <summary>Name of the image; default empty.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>The pixel size, written in nm as single-precision numbers as cameras do; default <c>null</c>: the axes have no unit.</summary>
    public Calibration? Calibration { get; init; }

    /// <summary>How the image was taken; what is known is written where cameras write it. Default: nothing is known.</summary>
    public Acquisition Acquisition { get; init; } = Acquisition.Unknown;

    /// <summary>Counts of one electron, written as the camera's conversion; <c>null</c> (default): not known.</summary>
    public double? CountsPerElectronRatio { get; init; }

    /// <summary>Further texts, written as tags of the image in a group <c>Simulation</c> where the image is simulated, else <c>Remarks</c>; default none.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Remarks { get; init; } = [];
}
