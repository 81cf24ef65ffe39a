namespace ImageAnalysis.Imaging;

/// <summary>Which pixels are neighbours.</summary>
public enum Connectivity
{
    /// <summary>The four that share a side.</summary>
    Four,

    /// <summary>The eight that share a side or a corner.</summary>
    Eight,
}
