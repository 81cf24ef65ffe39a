namespace ImageAnalysis.Lattice;

/// <summary>What is said of a crystal.</summary>
public enum Verdict
{
    /// <summary>The crystal shows no fringe of the tested family, though others.</summary>
    NoFringe,

    /// <summary>A fringe is in view; order was not seen, and could not have been seen with the wanted probability.</summary>
    Undetermined,

    /// <summary>A fringe is in view without superlattice, which would have been seen with the wanted probability.</summary>
    Regular,

    /// <summary>A superlattice stands out from the noise.</summary>
    Superstructure,
}

/// <summary>The words for verdicts in tables.</summary>
public static class VerdictWords
{
    /// <summary>The word of a verdict: <c>superstructure</c>, <c>regular</c>, <c>undetermined</c> or <c>no-fringe</c>.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <returns>The word.</returns>
    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.NoFringe => "no-fringe",
        Verdict.Undetermined => "undetermined",
        Verdict.Regular => "regular",
        Verdict.Superstructure => "superstructure",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "No such verdict."),
    };
}
