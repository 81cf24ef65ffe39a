namespace ImageAnalysis.Samples;

/// <summary>The words of a validation's tables.</summary>
public static class ValidationWords
{
    /// <summary>The word for a truth.</summary>
    /// <param name="truth">The truth.</param>
    /// <returns>The word.</returns>
    public static string Of(CrystalTruth truth) => truth switch
    {
        CrystalTruth.Ordered => "ordered",
        CrystalTruth.OrderedFaint => "ordered, too faint",
        CrystalTruth.Regular => "regular",
        CrystalTruth.NoFringe => "no fringe in view",
        _ => "nothing there",
    };

    /// <summary>The word for an answer.</summary>
    /// <param name="answer">The answer.</param>
    /// <returns>The word.</returns>
    public static string Of(CrystalAnswer answer) => answer switch
    {
        CrystalAnswer.Superstructure => "superstructure",
        CrystalAnswer.Regular => "regular",
        CrystalAnswer.Undetermined => "undetermined",
        CrystalAnswer.NoFringe => "no-fringe",
        _ => "not found",
    };
}
