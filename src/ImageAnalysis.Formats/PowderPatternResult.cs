using ImageAnalysis.Core;

namespace ImageAnalysis.Formats;

/// <summary>What came of asking a file for its powder pattern: the pattern, or the reason why there is none to measure. Neither is an error.</summary>
public abstract record PowderPatternResult
{
    private PowderPatternResult()
    {
    }

    /// <summary>The file's one powder pattern, or the one that was asked for.</summary>
    /// <param name="Pattern">The pattern.</param>
    /// <param name="Range">Its number among the file's patterns, from 0.</param>
    public sealed record Measurable(PowderPattern Pattern, int Range) : PowderPatternResult;

    /// <summary>The file was read, but holds no powder pattern over 2θ, or more than one.</summary>
    /// <param name="Reason">Why, in words for the microscopist.</param>
    public sealed record NotMeasurable(string Reason) : PowderPatternResult;
}
