using ImageAnalysis.Imaging;

namespace ImageAnalysis.Formats.Tiff;

/// <summary>What a written TIFF says besides its pixels, and how it stores them.</summary>
public sealed record TiffWriteOptions
{
    /// <summary>The pixel size, written as ImageJ does (unit nm); default <c>null</c>: none is written.</summary>
    public Calibration? Calibration { get; init; }

    /// <summary>
    /// Lines <c>key=value</c> added to the description, such as <c>simulated=true</c>; default none. A key holds no <c>=</c>, and is none of
    /// ImageJ's own <c>ImageJ</c>, <c>images</c>, <c>unit</c>, <c>yunit</c>, <c>min</c>, <c>max</c>; neither part holds a line break.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>> Description { get; init; } = [];

    /// <summary>
    /// Whether the pixels are compressed; default no. Uncompressed files have the same bytes everywhere; the bytes of a compressed one may
    /// differ between versions of the runtime's zlib, its pixels never.
    /// </summary>
    public bool Deflate { get; init; }

    /// <summary>Checks the options.</summary>
    /// <exception cref="ArgumentException">A line of the description cannot be written as <c>key=value</c>.</exception>
    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Description);
        foreach ((string key, string value) in Description)
        {
            bool own = key is "ImageJ" or "images" or "unit" or "yunit" or "min" or "max";
            if (own || string.IsNullOrWhiteSpace(key) || key.Contains('=') || HasControl(key) || HasControl(value))
            {
                throw new ArgumentException(
                    $"Description: '{key}={value}' is no line key=value (one line, no '=' in the key, and none of ImageJ's own keys).");
            }
        }
    }

    private static bool HasControl(string text) => text.AsSpan().ContainsAnyInRange('\0', '\u001F');
}
