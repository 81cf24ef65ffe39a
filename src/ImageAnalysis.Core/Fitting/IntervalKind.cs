namespace ImageAnalysis.Core;

/// <summary>How intervals of the occupancies are found, beyond standard deviations.</summary>
public enum IntervalKind
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>By the profile of χ²: each occupancy is held at values around its best one, all others follow, until χ² has risen by 3.84.</summary>
    Profile,

    /// <summary>By a parametric bootstrap: noise is drawn around the fitted curve again and again, and each draw is fitted.</summary>
    Bootstrap,
}
