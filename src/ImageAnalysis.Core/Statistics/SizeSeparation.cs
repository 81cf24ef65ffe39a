namespace ImageAnalysis.Core;

/// <summary>Whether a size parts the ordered particles from the others, so that ordinary logistic regression would have no finite answer.</summary>
public enum SizeSeparation
{
    /// <summary>Ordered and other particles overlap in size.</summary>
    None,

    /// <summary>They meet in one size only.</summary>
    Quasi,

    /// <summary>All ordered particles are larger (or all are smaller) than all others.</summary>
    Complete,

    /// <summary>All particles are ordered, or none is.</summary>
    OneKind,
}
