using System.Text.Json;

namespace ImageAnalysis.Samples;

/// <summary>How far the simulation of a recipe is.</summary>
/// <param name="Done">Images and patterns written.</param>
/// <param name="Total">Images and patterns in all.</param>
/// <param name="File">The one just written, path below the output folder.</param>
public sealed record RecipeProgress(int Done, int Total, string File);

/// <summary>What was simulated.</summary>
/// <param name="Samples">The truth of the HAADF-STEM images of each sample, in the recipe's order; of samples without any it has no images.</param>
public sealed record RecipeResult(IReadOnlyList<TruthFile> Samples)
{
    /// <summary>The truth of the HRTEM images of each sample that has some.</summary>
    public IReadOnlyList<HrtemTruthFile> Hrtem { get; init; } = [];

    /// <summary>Files written below the output folder that are powder patterns.</summary>
    public IReadOnlyList<string> Patterns { get; init; } = [];
}

/// <summary>
/// Simulates what a recipe asks for and writes it as a folder that <c>ima run</c> takes: images and patterns in <c>SAMPLE/{haadf,hrtem,pxrd}</c>, <c>samples.json</c> (marked as
/// simulated), <c>truth/SAMPLE/{haadf,hrtem,pxrd}/truth.json</c> and a copy of the recipe. The same recipe gives the same bytes on one system and runtime, however many files are made at a time.
/// Elsewhere HAADF-STEM images have the same pixels, though compressed to other bytes perhaps; HRTEM images and patterns may differ by a count here and there, since sines and single-precision sums do in their last digits.
/// </summary>
public static class RecipeRun
{
    private const string SheetName = "samples.json";
    private const string RecipeName = "recipe.json";

    /// <summary>Simulates and writes one file after the other.</summary>
    /// <param name="recipePath">Path of the recipe.</param>
    /// <param name="outFolder">The folder to write to; made where it is missing. Files of the same names are replaced.</param>
    /// <param name="progress">Called after each image, or <c>null</c>.</param>
    /// <param name="cancel">Stops between images.</param>
    /// <returns>The truth of what was written.</returns>
    /// <exception cref="InputException">
    /// The recipe cannot be used; the folder holds other things than simulated samples, or cannot be written to; or an image asks for what cannot be.
    /// </exception>
    public static RecipeResult Write(string recipePath, string outFolder, Action<RecipeProgress>? progress, CancellationToken cancel) =>
        Write(recipePath, outFolder, 1, progress, cancel);

    /// <summary>Simulates and writes, with a copy of the recipe.</summary>
    /// <param name="recipePath">Path of the recipe.</param>
    /// <param name="outFolder">The folder to write to; made where it is missing. Files of the same names are replaced.</param>
    /// <param name="jobs">Number of files made at a time, 1 or more; what is written does not depend on it.</param>
    /// <param name="progress">Called after each image and pattern, one call at a time, or <c>null</c>.</param>
    /// <param name="cancel">Stops between files.</param>
    /// <returns>The truth of what was written.</returns>
    /// <exception cref="InputException">
    /// The recipe cannot be used; the folder holds other things than simulated samples, or cannot be written to; or an image asks for what cannot be.
    /// </exception>
    public static RecipeResult Write(string recipePath, string outFolder, int jobs, Action<RecipeProgress>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(recipePath);
        ArgumentNullException.ThrowIfNull(outFolder);
        ArgumentOutOfRangeException.ThrowIfLessThan(jobs, 1);
        Recipe recipe = Recipe.Load(recipePath);
        RefuseOtherData(outFolder);
        CopyRecipe(recipePath, outFolder);
        List<RecipeSampleFiles> samples = [.. recipe.Samples.Select(sample => new RecipeSampleFiles(sample))];
        List<RecipeFile> files = [.. samples.SelectMany(sample => sample.Files)];
        Lock turn = new();
        int done = 0;
        bool finished = Batch.ForEach(
            files,
            jobs,
            file =>
            {
                Save(outFolder, file.Path, file.Make());
                lock (turn)
                {
                    progress?.Invoke(new RecipeProgress(++done, files.Count, file.Path));
                }
            },
            cancel);
        if (!finished)
        {
            throw new OperationCanceledException(cancel);
        }

        foreach ((string path, byte[] json) in samples.SelectMany(sample => sample.TruthFiles()))
        {
            Save(outFolder, path, json);
        }

        Save(outFolder, SheetName, Sheet(samples));
        return new RecipeResult([.. samples.Select(sample => sample.Haadf)])
        {
            Hrtem = [.. samples.Select(sample => sample.Hrtem).OfType<HrtemTruthFile>()],
            Patterns = [.. files.Where(file => file.Role == FileRole.Pxrd).Select(file => file.Path)],
        };
    }

    private static byte[] Sheet(List<RecipeSampleFiles> samples)
    {
        using MemoryStream stream = new();
        JsonText.Write(stream, indented: true, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteBoolean("simulated", true);
            json.WriteStartArray("samples");
            foreach (RecipeSampleFiles sample in samples)
            {
                json.WriteStartObject();
                json.WriteString("name", sample.Recipe.Name);
                if (sample.Recipe.Models.Count > 0)
                {
                    json.WriteStartArray("models");
                    foreach (string model in sample.Recipe.Models)
                    {
                        json.WriteStringValue(model);
                    }

                    json.WriteEndArray();
                }

                if (sample.Recipe.PhononPerCm is double phonon)
                {
                    json.WriteNumber("phonon_per_cm", phonon);
                }

                json.WriteStartArray("files");
                foreach (RecipeFile file in sample.Files)
                {
                    json.WriteStartObject();
                    json.WriteString("path", file.Path);
                    json.WriteString("role", file.Role.Word());
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
        return stream.ToArray();
    }

    /// <summary>
    /// A folder with other data is no place for simulated files: the sheet that comes with them would hide the other data from a run. What this command wrote,
    /// wholly or in part, is known by its sheet or by the copy of its recipe, which is written first.
    /// </summary>
    private static void RefuseOtherData(string outFolder)
    {
        string sheet = Path.Combine(outFolder, SheetName);
        if (!File.Exists(sheet) && !File.Exists(Path.Combine(outFolder, RecipeName)) && FileTree.SomethingIn(outFolder) is string other)
        {
            throw new InputException($"{outFolder}: found other things in it (such as \"{other}\"); expected a new or empty folder, or one that this command wrote before.");
        }

        if (File.Exists(sheet))
        {
            JsonPlace found = JsonPlace.Load(sheet, sheet);
            if (found.Find("simulated") is not { Kind: JsonValueKind.True })
            {
                throw new InputException($"{sheet}: found samples that are not marked as simulated; expected a new folder, or one that this command wrote before.");
            }
        }
    }

    private static void CopyRecipe(string recipePath, string outFolder)
    {
        if (!RealPath.Same(recipePath, Path.Combine(outFolder, RecipeName)))
        {
            Save(outFolder, RecipeName, File.ReadAllBytes(recipePath));
        }
    }

    private static void Save(string outFolder, string relative, byte[] bytes)
    {
        string path = Path.Combine(outFolder, relative.Replace('/', Path.DirectorySeparatorChar));
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);

            // Written beside its place first: what is there is never half a file.
            string part = path + ".part";
            File.WriteAllBytes(part, bytes);
            File.Move(part, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be written: {e.Message}", e);
        }
    }
}
