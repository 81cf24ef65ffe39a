namespace ImageAnalysis.Samples;

/// <summary>Writes every table of a results folder from its store.</summary>
internal static class ResultTables
{
    public static void Write(ResultsFolder folder, ResultsStore store, RunResult result)
    {
        folder.WriteFile("sizes.csv", stream => SizesCsv.Write(stream, store, result.Files));
        folder.WriteFile("files.csv", stream => FilesCsv.Write(stream, result.Files));
        folder.WriteFile("samples.csv", stream => SamplesCsv.Write(stream, result.Samples));
        folder.WriteFile("run.json", stream => RunJson.Write(stream, store));
    }
}
