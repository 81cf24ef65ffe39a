using System.Globalization;
using System.Text.Json;
using ImageAnalysis.Formats.Tiff;
using ImageAnalysis.Simulation;

namespace ImageAnalysis.Samples;

/// <summary>How far the simulation of a recipe is.</summary>
/// <param name="Done">Images written.</param>
/// <param name="Total">Images in all.</param>
/// <param name="File">The image just written, path below the output folder.</param>
public sealed record RecipeProgress(int Done, int Total, string File);

/// <summary>What was simulated.</summary>
/// <param name="Samples">The truth of each sample, in the recipe's order.</param>
public sealed record RecipeResult(IReadOnlyList<TruthFile> Samples);

/// <summary>
/// Simulates what a recipe asks for and writes it as a folder that <c>ima run</c> takes: <c>SAMPLE/haadf/*.tif</c>, <c>samples.json</c> (marked as
/// simulated), <c>truth/SAMPLE/haadf/truth.json</c> and a copy of the recipe. The same recipe gives the same pixels and numbers everywhere; the bytes of the
/// compressed images are the same with the same version of the runtime.
/// </summary>
public static class RecipeRun
{
    private const string SheetName = "samples.json";
    private const string RecipeName = "recipe.json";

    /// <summary>Simulates and writes, with a copy of the recipe.</summary>
    /// <param name="recipePath">Path of the recipe.</param>
    /// <param name="outFolder">The folder to write to; made where it is missing. Files of the same names are replaced.</param>
    /// <param name="progress">Called after each image, or <c>null</c>.</param>
    /// <param name="cancel">Stops between images.</param>
    /// <returns>The truth of what was written.</returns>
    /// <exception cref="InputException">
    /// The recipe cannot be used; the folder holds other things than simulated samples, or cannot be written to; or an image asks for what cannot be.
    /// </exception>
    public static RecipeResult Write(string recipePath, string outFolder, Action<RecipeProgress>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(recipePath);
        ArgumentNullException.ThrowIfNull(outFolder);
        Recipe recipe = Recipe.Load(recipePath);
        RefuseOtherData(outFolder);
        CopyRecipe(recipePath, outFolder);
        int total = recipe.Samples.Sum(sample => sample.Haadf.Sum(group => group.Count));
        int done = 0;
        List<TruthFile> truths = [];
        foreach (RecipeSample sample in recipe.Samples)
        {
            List<TruthImage> images = [];
            foreach (RecipeHaadf group in sample.Haadf)
            {
                for (int i = 0; i < group.Count; i++)
                {
                    cancel.ThrowIfCancellationRequested();
                    string name = string.Create(CultureInfo.InvariantCulture, $"{sample.Name}_haadf_{images.Count + 1:00}.tif");
                    (byte[] tiff, TruthImage truth) = Simulate(sample, group, name);
                    string path = $"{sample.Name}/haadf/{name}";
                    Save(outFolder, path, tiff);
                    images.Add(truth);
                    progress?.Invoke(new RecipeProgress(++done, total, path));
                }
            }

            TruthFile file = new(sample.Name, Simulated: true, images);
            Save(outFolder, $"truth/{sample.Name}/haadf/truth.json", file.ToJson());
            truths.Add(file);
        }

        Save(outFolder, SheetName, Sheet(truths));
        return new RecipeResult(truths);
    }

    /// <summary>One image of a sample as a file, with its truth.</summary>
    internal static (byte[] Tiff, TruthImage Truth) Simulate(RecipeSample sample, RecipeHaadf group, string name)
    {
        ulong seed = SimulationSeed.Derive((ulong)sample.Seed, name);
        SimulatedHaadf image;
        try
        {
            image = HaadfSimulator.Simulate(group.Field, group.Image, seed);
        }
        catch (ArgumentException e)
        {
            throw new InputException($"sample {sample.Name}, image {name}: {e.Message.Split(" (Parameter")[0]}", e);
        }

        TiffWriteOptions options = new()
        {
            Calibration = image.Calibration,
            Deflate = true,
            Description =
            [
                new("simulated", "true"),
                new("simulator", "ImageAnalysis.Simulation"),
                new("sample", sample.Name),
                new("seed", seed.ToString(CultureInfo.InvariantCulture)),
            ],
        };
        return (TiffWriter.Write(image.Pixels, options), Truth(image, group.Image, name));
    }

    private static TruthImage Truth(SimulatedHaadf image, HaadfOptions options, string name) => new()
    {
        File = name,
        WidthPx = options.WidthPx,
        HeightPx = options.HeightPx,
        PixelWidthNm = options.PixelWidthNm,
        PixelHeightNm = options.PixelHeightNm,
        SupportThicknessNm = options.SupportThicknessNm,
        Particles = [.. image.Truth.Particles.Select(p => new TruthParticle
        {
            Id = Id(p.Number),
            CentrePx = p.CentrePx,
            LongAxisNm = p.LongAxisNm,
            ShortAxisNm = p.ShortAxisNm,
            LongAxisAngleDeg = p.LongAxisAngleDeg,
            AreaNm2 = p.AreaNm2,
            OnEdge = p.OnEdge,
            Touches = [.. p.Touches.Select(Id)],
        })],
        Debris = [.. image.Truth.Debris.Select(d => new TruthDebris(d.CentrePx, d.ExtentNm))],
    };

    private static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"p{number}");

    private static byte[] Sheet(List<TruthFile> truths)
    {
        using MemoryStream stream = new();
        JsonText.Write(stream, indented: true, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteBoolean("simulated", true);
            json.WriteStartArray("samples");
            foreach (TruthFile truth in truths)
            {
                json.WriteStartObject();
                json.WriteString("name", truth.Sample);
                json.WriteStartArray("files");
                foreach (TruthImage image in truth.Images)
                {
                    json.WriteStartObject();
                    json.WriteString("path", $"{truth.Sample}/haadf/{image.File}");
                    json.WriteString("role", "haadf");
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
