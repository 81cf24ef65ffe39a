using ImageAnalysis.Formats;

namespace ImageAnalysis.Samples.Tests;

/// <summary>Powder patterns with known truth, as files.</summary>
internal static class TestPatterns
{
    /// <summary>Quick fits: few starts are enough for one model with good counts.</summary>
    public static PipelineOptions Quick { get; } = new() { Pxrd = new PxrdOptions { CommonB = true, Starts = 4 } };

    /// <summary>A pattern of Cu₂Se with counting noise, as an .xy file.</summary>
    /// <param name="model">A model that comes with the program.</param>
    /// <param name="sizeNm">Scherrer size.</param>
    /// <param name="strainPercent">Change of a.</param>
    /// <param name="seed">Seed of the noise.</param>
    public static byte[] Xy(string model = "models/cu2se-table2-6nm.cif", double sizeNm = 5.1, double strainPercent = 0, int seed = 1)
    {
        PatternSimulation simulation = new()
        {
            Model = CrystalModels.Read(Path.GetTempPath(), model),
            SizeNm = sizeNm,
            StrainPercent = strainPercent,
            BIsoAngstrom2 = 1,
            BackgroundCounts = 500,
            StepDeg = 0.08,
            Seed = seed,
        };
        return PatternWriter.Xy(simulation.Run(), simulation.Head());
    }
}
