namespace ImageAnalysis.Report;

/// <summary>How overlays are drawn.</summary>
public sealed record OverlayOptions
{
    /// <summary>
    /// Width in px that a picture should have at least · default 2000 · raised: pictures are enlarged more and files grow; lowered: small
    /// particles are hard to judge. Pictures are enlarged by whole factors only.
    /// </summary>
    public int WantedWidthPx { get; init; } = 2000;

    /// <summary>
    /// Diameter in px that the median particle should have at least in the picture · default 24 · raised: images of small particles are
    /// enlarged more; lowered: less.
    /// </summary>
    public int WantedParticlePx { get; init; } = 24;

    /// <summary>Longest side in px that enlarging may lead to · default 4096 · raised: larger files; lowered: small particles may stay small.</summary>
    public int MaxSidePx { get; init; } = 4096;

    /// <summary>Width in px of an outline · default 1.4 · raised: easier to see, hides more of the edge; lowered: the reverse.</summary>
    public double OutlineWidthPx { get; init; } = 1.4;

    /// <summary>Share of the pixels in percent that are shown black · default 0.3 · raised: more contrast, dark detail is lost; lowered: the reverse.</summary>
    public double BlackPercent { get; init; } = 0.3;

    /// <summary>Share of the pixels in percent that are shown white · default 0.2 · raised: more contrast, bright detail is lost; lowered: the reverse.</summary>
    public double WhitePercent { get; init; } = 0.2;

    /// <summary>Whether particles get their numbers · default true.</summary>
    public bool ShowNumbers { get; init; } = true;

    /// <summary>Whether long axes are drawn · default true.</summary>
    public bool ShowLongAxes { get; init; } = true;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its limits.</exception>
    public void Validate()
    {
        CheckRange(WantedWidthPx, 1, 20_000, nameof(WantedWidthPx));
        CheckRange(WantedParticlePx, 1, 1000, nameof(WantedParticlePx));
        CheckRange(MaxSidePx, 1, 20_000, nameof(MaxSidePx));
        CheckRange(OutlineWidthPx, 0.2, 20, nameof(OutlineWidthPx));
        CheckRange(BlackPercent, 0, 49, nameof(BlackPercent));
        CheckRange(WhitePercent, 0, 49, nameof(WhitePercent));
    }

    private static void CheckRange(double value, double low, double high, string name)
    {
        // Written so that NaN fails.
        if (!(value >= low && value <= high))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}; expected {low}…{high}.");
        }
    }
}
