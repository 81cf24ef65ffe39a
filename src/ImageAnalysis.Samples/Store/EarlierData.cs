namespace ImageAnalysis.Samples;

/// <summary>Keeps a run from replacing the results of other data, as a slip in <c>--out</c> would.</summary>
internal static class EarlierData
{
    /// <summary>Number of files that are looked at, to find the data of an earlier run again at a new place.</summary>
    private const int MostCompared = 10;

    /// <summary>Holds the results folder to the root that its results are of.</summary>
    /// <param name="store">The store, before the run begins.</param>
    /// <param name="sheet">What the run is about.</param>
    /// <param name="shownAs">The results folder as the user wrote it.</param>
    /// <returns>What a person should know: that the data are at a new place; empty where there is nothing to say.</returns>
    /// <exception cref="InputException">The folder holds results of other data, which the run would replace.</exception>
    public static IReadOnlyList<string> Check(ResultsStore store, SampleSheet sheet, string shownAs)
    {
        // Where no file has been measured yet, a first attempt went wrong: there is nothing to lose.
        if (store.LastRun() is not StoredRun last || RealPath.Same(last.Root, sheet.Root) || !store.HasMeasured())
        {
            return [];
        }

        bool gone = !Directory.Exists(last.Root);
        if (gone && Holds(sheet, store.Files()))
        {
            return [$"The data have moved: the earlier results in this folder are of \"{last.Root}\", which is no longer there; this run is on \"{sheet.Root}\", and goes on from them."];
        }

        throw new InputException(
            $"{shownAs}: found results of \"{last.Root}\"{(gone ? " (no longer there)" : string.Empty)}; this run is on \"{sheet.Root}\" and would replace them. "
            + "Choose another --out; or, if those results are not needed any more, remove that folder first.");
    }

    /// <summary>Whether a file of the earlier run lies below the root of this one, under the same name and with the same bytes.</summary>
    private static bool Holds(SampleSheet sheet, IReadOnlyList<FileResult> earlier)
    {
        Dictionary<string, string?> hashes = earlier.Where(file => file.Sha256 is not null).ToDictionary(file => file.File, file => file.Sha256);
        return sheet.Files.Where(file => hashes.ContainsKey(file.File)).Take(MostCompared)
            .Any(file => InputBytes.Read(sheet.Root, file).Bytes is byte[] bytes && StageKey.HashOf(bytes) == hashes[file.File]);
    }
}
