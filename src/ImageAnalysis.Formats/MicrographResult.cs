using ImageAnalysis.Imaging;

namespace ImageAnalysis.Formats;

/// <summary>What came of asking a file for its micrograph: the micrograph, or the reason why there is none to measure. Neither is an error.</summary>
public abstract record MicrographResult
{
    private MicrographResult()
    {
    }

    /// <summary>The file's one measurable image.</summary>
    /// <param name="Micrograph">The image; every pixel is finite.</param>
    /// <param name="ReplacedPixelCount">Number of pixels that were not finite and were replaced from their neighbours; usually 0.</param>
    /// <param name="Findings">What a person should know about the file; usually nothing.</param>
    public sealed record Measurable(Micrograph Micrograph, int ReplacedPixelCount, IReadOnlyList<FileFinding> Findings) : MicrographResult;

    /// <summary>The file was read, but holds nothing that can be measured as an image of particles, or more than one such image.</summary>
    /// <param name="Reason">Why, in words for the microscopist.</param>
    public sealed record NotMeasurable(string Reason) : MicrographResult;
}
