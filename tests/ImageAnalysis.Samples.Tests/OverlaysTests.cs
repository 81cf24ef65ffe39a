using ImageAnalysis.Particles;

namespace ImageAnalysis.Samples.Tests;

public class OverlaysTests
{
    [Fact]
    public void Run_Overlays_AreDrawnOnce_AndAgainWhereMissing()
    {
        using TempFolder root = PipelineTests.Images(3);
        using TempFolder results = new();
        List<MeasuredImage> drawn = [];
        void Draw(MeasuredImage image)
        {
            drawn.Add(image);
            DrawText(image);
        }

        PipelineTests.Run(root, results, onMeasured: Draw);
        Assert.Equal([PipelineTests.Name(0), PipelineTests.Name(1), PipelineTests.Name(2)], drawn.Select(image => image.Image.File));
        Assert.True(File.Exists(results[$"overlays/{PipelineTests.Name(1)}.png"]));

        PipelineTests.Run(root, results, onMeasured: Draw);
        Assert.Equal(3, drawn.Count);

        File.Delete(results[$"overlays/{PipelineTests.Name(1)}.png"]);
        File.Delete(root[PipelineTests.Name(2)]);
        PipelineTests.Run(root, results, onMeasured: Draw);

        Assert.Equal(4, drawn.Count);
        Assert.False(File.Exists(results[$"overlays/{PipelineTests.Name(2)}.png"]));

        // From the store comes what was handed out when it was measured, to the last bit.
        Assert.Equal(Flat(drawn[1]), Flat(drawn[3]));
    }

    [Fact]
    public void Run_StoppedWithOtherOptionsInBetween_LeavesNoPictureOfAnotherResult()
    {
        using TempFolder root = PipelineTests.Images(3), results = new(), straight = new();
        PipelineOptions other = new() { Size = new SizeOptions { MinDiameterPx = 8 } };
        using CancellationTokenSource cancel = new();
        PipelineTests.Run(root, straight, onMeasured: DrawText);
        PipelineTests.Run(root, results, onMeasured: DrawText);
        PipelineTests.Run(root, results, options: other, cancel: cancel.Token, onMeasured: image =>
        {
            DrawText(image);
            cancel.Cancel();
        });

        // The results with the first options are still stored; the first picture is of the others now.
        Assert.NotEqual(File.ReadAllText(straight[$"overlays/{PipelineTests.Name(0)}.png"]), File.ReadAllText(results[$"overlays/{PipelineTests.Name(0)}.png"]));
        PipelineTests.Run(root, results, measure: (_, _) => throw new InvalidOperationException("All is stored."), onMeasured: DrawText);

        Assert.All(Enumerable.Range(0, 3), i => Assert.Equal(File.ReadAllText(straight[$"overlays/{PipelineTests.Name(i)}.png"]), File.ReadAllText(results[$"overlays/{PipelineTests.Name(i)}.png"])));
    }

    [Fact]
    public void Run_TwoFilesSwapTheirNames_SwapTheirPictures()
    {
        using TempFolder root = PipelineTests.Images(2), results = new();
        PipelineTests.Run(root, results, onMeasured: DrawText);
        string[] before = [Shown(0), Shown(1)];
        File.Move(root[PipelineTests.Name(0)], root["s/haadf/x.png"]);
        File.Move(root[PipelineTests.Name(1)], root[PipelineTests.Name(0)]);
        File.Move(root["s/haadf/x.png"], root[PipelineTests.Name(1)]);

        PipelineTests.Run(root, results, onMeasured: DrawText);

        Assert.NotEqual(before[0], before[1]);
        Assert.Equal([before[1], before[0]], [Shown(0), Shown(1)]);

        // The name of the result and a size, without the file's name.
        string Shown(int i) => File.ReadAllText(results[$"overlays/{PipelineTests.Name(i)}.png"]).Split(' ', 2)[1];
    }

    [Fact]
    public void Run_FileTurnsBad_ItsPictureGoes()
    {
        using TempFolder root = PipelineTests.Images(2), results = new();
        PipelineTests.Run(root, results, onMeasured: DrawText);
        root.Write(PipelineTests.Name(1), "no image");

        PipelineTests.Run(root, results, onMeasured: DrawText);

        Assert.Equal([true, false], [File.Exists(results[$"overlays/{PipelineTests.Name(0)}.png"]), File.Exists(results[$"overlays/{PipelineTests.Name(1)}.png"])]);
    }

    /// <summary>A stand-in for a picture: which file and which result it shows.</summary>
    private static void DrawText(MeasuredImage image)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(image.OverlayPath)!);
        File.WriteAllText(image.OverlayPath, $"{image.Image.File} {image.ResultId} {image.Particles[0].FeretMaxPx}");
    }

    private static string Flat(MeasuredImage image) => string.Join('\n', image.Particles.Select(p =>
        (p with { OutlinePx = [], Flags = [] }).ToString().Replace("System.Collections.Generic.IReadOnlyList", "", StringComparison.Ordinal)
        + string.Join(',', p.OutlinePx) + string.Join(',', p.Flags)));
}
