using System.Globalization;
using ImageAnalysis.Simulation;

namespace ImageAnalysis.Samples;

/// <summary>One image or pattern to be made.</summary>
/// <param name="Role">What it is.</param>
/// <param name="Path">Where it goes, below the output folder.</param>
/// <param name="Make">Makes the bytes and keeps the truth; may be called from any thread, once.</param>
internal sealed record RecipeFile(FileRole Role, string Path, Func<byte[]> Make);

/// <summary>The files of one sample of a recipe. Each draws from a seed of its own, so that the order in which they are made does not matter.</summary>
internal sealed class RecipeSampleFiles
{
    private readonly List<RecipeFile> files = [];
    private readonly TruthImage[] haadf;
    private readonly HrtemTruthImage[] hrtem;
    private readonly RecipePatternTruth[] patterns;

    public RecipeSampleFiles(RecipeSample recipe)
    {
        Recipe = recipe;
        haadf = new TruthImage[recipe.Haadf.Sum(group => group.Count)];
        hrtem = new HrtemTruthImage[recipe.Hrtem?.Images.Sum(group => group.Count) ?? 0];
        patterns = new RecipePatternTruth[recipe.Pxrd.Sum(group => group.Count)];
        AddHaadf();
        if (recipe.Hrtem is RecipeHrtem images)
        {
            AddHrtem(images);
        }

        AddPatterns();
    }

    /// <summary>What was asked for.</summary>
    public RecipeSample Recipe { get; }

    /// <summary>The files.</summary>
    public IReadOnlyList<RecipeFile> Files => files;

    /// <summary>The truth of the HAADF-STEM images, when all files are made.</summary>
    public TruthFile Haadf => new(Recipe.Name, Simulated: true, haadf);

    /// <summary>The truth of the HRTEM images, when all files are made; <c>null</c> where there are none.</summary>
    public HrtemTruthFile? Hrtem => hrtem.Length == 0 ? null : new(Recipe.Name, Simulated: true, hrtem);

    /// <summary>The truth files, when all files are made.</summary>
    public IEnumerable<(string Path, byte[] Json)> TruthFiles()
    {
        if (haadf.Length > 0)
        {
            yield return (TruthPath(FileRole.Haadf), Haadf.ToJson());
        }

        if (Hrtem is HrtemTruthFile images)
        {
            yield return (TruthPath(FileRole.Hrtem), images.ToJson());
        }

        if (patterns.Length > 0)
        {
            yield return (TruthPath(FileRole.Pxrd), RecipePattern.Truth(Recipe.Name, patterns));
        }
    }

    private string TruthPath(FileRole role) => $"truth/{Recipe.Name}/{role.Word()}/truth.json";

    // The name without folder, and the place of the file among those of its kind.
    private void Add(FileRole role, int place, string extension, Func<string, byte[]> make)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"{Recipe.Name}_{role.Word()}_{place + 1:00}{extension}");
        files.Add(new RecipeFile(role, $"{Recipe.Name}/{role.Word()}/{name}", () => make(name)));
    }

    private void AddHaadf()
    {
        int place = 0;
        foreach (RecipeHaadf group in Recipe.Haadf.SelectMany(group => Enumerable.Repeat(group, group.Count)))
        {
            int at = place++;
            Add(FileRole.Haadf, at, ".tif", name =>
            {
                (byte[] bytes, haadf[at]) = RecipeImages.Haadf(Recipe, group, name);
                return bytes;
            });
        }
    }

    private void AddHrtem(RecipeHrtem images)
    {
        RecipeHrtemImages[] all = [.. images.Images.SelectMany(group => Enumerable.Repeat(group, group.Count))];
        double[] areas = [.. all.Select(group => group.Image.WidthPx * group.Image.PixelWidthNm * group.Image.HeightPx * group.Image.PixelHeightNm)];
        IReadOnlyList<IReadOnlyList<HrtemParticleChoice>> kinds = images.Population.Deal(areas, (ulong)Recipe.Seed);
        for (int i = 0; i < all.Length; i++)
        {
            int at = i;
            Add(FileRole.Hrtem, at, all[at].Format == RecipeImageFormat.Dm3 ? ".dm3" : ".tif", name =>
            {
                (byte[] bytes, hrtem[at]) = RecipeImages.Hrtem(Recipe, images.Field, kinds[at], all[at], name);
                return bytes;
            });
        }
    }

    private void AddPatterns()
    {
        int place = 0;
        foreach (RecipePxrd group in Recipe.Pxrd.SelectMany(group => Enumerable.Repeat(group, group.Count)))
        {
            int at = place++;
            Add(FileRole.Pxrd, at, group.Format == RecipePatternFormat.Ras ? ".ras" : ".xy", name =>
            {
                (byte[] bytes, patterns[at]) = RecipePattern.Make(Recipe, group, name);
                return bytes;
            });
        }
    }
}
