using ImageAnalysis.Lattice;

namespace ImageAnalysis.Samples;

/// <summary>The words for how well the transfer of an image is known.</summary>
internal static class TransferWords
{
    public static string Of(TransferKnowledge knowledge) => knowledge switch
    {
        TransferKnowledge.Unknown => "unknown",
        TransferKnowledge.Bounded => "bounded",
        TransferKnowledge.Measured => "measured",
        _ => throw new ArgumentOutOfRangeException(nameof(knowledge), knowledge, "No such knowledge."),
    };
}
