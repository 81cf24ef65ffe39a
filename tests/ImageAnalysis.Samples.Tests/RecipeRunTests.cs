using ImageAnalysis.Formats;

namespace ImageAnalysis.Samples.Tests;

public class RecipeRunTests
{
    private const string Small = """
        { "version": 1, "samples": [
          { "name": "a", "seed": 1, "haadf": [
            { "count": 2, "width_px": 160, "height_px": 128, "pixel_nm": 0.1, "particles": { "count": 6, "long_axis_mean_nm": 2.5, "long_axis_sd_nm": 0.2 } },
            { "width_px": 96, "height_px": 96, "pixel_width_nm": 0.1, "pixel_height_nm": 0.12, "particles": { "count": 3, "long_axis_mean_nm": 2.5, "long_axis_sd_nm": 0.2, "debris_count": 1 } } ] },
          { "name": "b", "seed": 1, "haadf": [
            { "width_px": 160, "height_px": 128, "pixel_nm": 0.1, "particles": { "count": 6, "long_axis_mean_nm": 2.5, "long_axis_sd_nm": 0.2 } } ] } ] }
        """;

    [Fact]
    public void Write_Recipe_MakesAFolderThatTheSheetDescribes()
    {
        using TempFolder folder = new();
        List<RecipeProgress> seen = [];

        RecipeResult result = RecipeRun.Write(folder.Write("recipe.json", Small), folder["out"], seen.Add, default);

        string[] images = ["a/haadf/a_haadf_01.tif", "a/haadf/a_haadf_02.tif", "a/haadf/a_haadf_03.tif", "b/haadf/b_haadf_01.tif"];
        Assert.Equal(images, seen.Select(p => p.File));
        Assert.Equal([(1, 4), (2, 4), (3, 4), (4, 4)], seen.Select(p => (p.Done, p.Total)));
        Assert.Equal(["a", "b"], result.Samples.Select(s => s.Sample));
        string[] expected = [.. images, "recipe.json", "samples.json", "truth/a/haadf/truth.json", "truth/b/haadf/truth.json"];
        Assert.Equal(expected, FilesBelow(folder["out"]));
        Assert.Equal(Small, File.ReadAllText(folder["out/recipe.json"]));

        SampleSheet sheet = SheetJson.Read(folder["out/samples.json"], "samples.json", results: null);
        Assert.True(sheet.Simulated);
        Assert.Equal(images, sheet.Files.Select(file => file.File));
        Assert.All(sheet.Files, file => Assert.Equal(FileRole.Haadf, file.Role));
    }

    [Fact]
    public void Write_Image_SaysThatItIsSimulatedAndHowLargeItsPixelsAre()
    {
        using TempFolder folder = new();
        RecipeRun.Write(folder.Write("recipe.json", Small), folder["out"], null, default);

        MicroscopeFile file = FileReader.Read(File.ReadAllBytes(folder["out/a/haadf/a_haadf_03.tif"]), "a_haadf_03.tif");

        Signal signal = Assert.Single(file.Signals);
        Assert.Equal((96, 96, PixelType.UInt16), (signal.WidthPx, signal.HeightPx, signal.Type));
        Assert.Equal((0.1, 0.12), (signal.Calibration!.PixelWidthNm, signal.Calibration.PixelHeightNm));
        Assert.True(signal.Acquisition.Simulated);
    }

    [Fact]
    public void Write_Truth_HasEveryParticleAndItsOwnMeans()
    {
        using TempFolder folder = new();
        RecipeResult result = RecipeRun.Write(folder.Write("recipe.json", Small), folder["out"], null, default);

        TruthFile truth = TruthFile.Load(folder["out/truth/a/haadf/truth.json"]);

        Assert.True(truth.Simulated);
        Assert.Equal(["a_haadf_01.tif", "a_haadf_02.tif", "a_haadf_03.tif"], truth.Images.Select(image => image.File));
        Assert.Equal([6, 6, 3], truth.Images.Select(image => image.Particles.Count));
        Assert.Equal((0.1, 0.12), (truth.Images[2].PixelWidthNm, truth.Images[2].PixelHeightNm));
        Assert.Single(truth.Images[2].Debris);
        Assert.Equal(result.Samples[0].Inside.MeanNm!.Value, truth.Inside.MeanNm!.Value, 1e-4); // written with four digits
        Assert.All(truth.Images.SelectMany(image => image.Particles), p => Assert.InRange(p.LongAxisNm, 1.9, 3.1)); // mean ± 2.9 s.d.
    }

    [Fact]
    public void Write_AgainAndElsewhere_GivesTheSameBytes_OtherImagesDiffer()
    {
        using TempFolder folder = new();
        string recipe = folder.Write("recipe.json", Small);
        RecipeRun.Write(recipe, folder["one"], null, default);
        RecipeRun.Write(recipe, folder["two"], null, default);
        RecipeRun.Write(recipe, folder["two"], null, default);

        Assert.Equal(FilesBelow(folder["one"]), FilesBelow(folder["two"]));
        Assert.All(FilesBelow(folder["one"]), file => Assert.Equal(File.ReadAllBytes(folder["one/" + file]), File.ReadAllBytes(folder["two/" + file])));
        Assert.NotEqual(File.ReadAllBytes(folder["one/a/haadf/a_haadf_01.tif"]), File.ReadAllBytes(folder["one/a/haadf/a_haadf_02.tif"]));
        Assert.NotEqual(File.ReadAllBytes(folder["one/a/haadf/a_haadf_01.tif"]), File.ReadAllBytes(folder["one/b/haadf/b_haadf_01.tif"]));
    }

    [Fact]
    public void Write_FolderWithMeasuredSamples_IsRefusedAndLeftAsItWas()
    {
        using TempFolder folder = new();
        string sheet = folder.Write("out/samples.json", """{ "version": 1, "samples": [] }""");

        InputException error = Assert.Throws<InputException>(() => RecipeRun.Write(folder.Write("recipe.json", Small), folder["out"], null, default));

        Assert.Contains("not marked as simulated", error.Message, StringComparison.Ordinal);
        Assert.Equal([Path.GetFileName(sheet)], FilesBelow(folder["out"]));
    }

    [Fact]
    public void Write_FolderWithOtherThings_IsRefused_AndOneOfItsOwnGoesOn()
    {
        // The sheet that comes with simulated images would hide other images in the same folder from a run.
        using TempFolder folder = new TempFolder().With("out/2nm/haadf/measured.dm3");
        string recipe = folder.Write("recipe.json", Small);

        InputException error = Assert.Throws<InputException>(() => RecipeRun.Write(recipe, folder["out"], null, default));

        Assert.Contains("found other things in it (such as \"2nm\")", error.Message, StringComparison.Ordinal);
        Assert.Equal(["2nm/haadf/measured.dm3"], FilesBelow(folder["out"]));

        using CancellationTokenSource stop = new();
        Assert.Throws<OperationCanceledException>(() => RecipeRun.Write(recipe, folder["stopped"], _ => stop.Cancel(), stop.Token));
        Assert.Equal(2, RecipeRun.Write(recipe, folder["stopped"], null, default).Samples.Count);
    }

    [Fact]
    public void Write_TooManyParticles_NamesTheImage()
    {
        using TempFolder folder = new();
        string crowded = Small.Replace("\"count\": 3", "\"count\": 300", StringComparison.Ordinal);

        InputException error = Assert.Throws<InputException>(() => RecipeRun.Write(folder.Write("recipe.json", crowded), folder["out"], null, default));

        Assert.StartsWith("sample a, image a_haadf_03.tif: ParticleCount is 300, but only ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Stopped_Throws()
    {
        using TempFolder folder = new();
        string recipe = folder.Write("recipe.json", Small);
        using CancellationTokenSource stop = new();

        Assert.Throws<OperationCanceledException>(() => RecipeRun.Write(recipe, folder["out"], _ => stop.Cancel(), stop.Token));
        Assert.Equal(["a/haadf/a_haadf_01.tif", "recipe.json"], FilesBelow(folder["out"]));
    }

    private static string[] FilesBelow(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];
}
