namespace ImageAnalysis.Core;

/// <summary>Whether a part of the powder model is refined.</summary>
public enum Refine
{
    /// <summary>Refined where the pattern asks for it: where it lowers the Bayesian information criterion.</summary>
    Auto,

    /// <summary>Always refined.</summary>
    Yes,

    /// <summary>Never refined; held at 0.</summary>
    No,
}
