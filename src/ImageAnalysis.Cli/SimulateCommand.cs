using System.CommandLine;
using System.Globalization;
using ImageAnalysis.Samples;
using Spectre.Console;

namespace ImageAnalysis.Cli;

/// <summary><c>ima simulate</c>: makes images with known truth from a recipe.</summary>
internal static class SimulateCommand
{
    private const string About = "Make simulated images with known truth from a recipe.";

    private const string More = """
        What comes out, in DIR, which ima run takes as it is:
          SAMPLE/haadf/*.tif             images, marked as simulated in the file
          samples.json                   the sample sheet, marked as simulated
          truth/SAMPLE/haadf/truth.json  each particle: place, size, angle, contacts
          recipe.json                    a copy of the recipe
        The same recipe gives the same images. A folder that holds other things is
        refused.

        The recipe is JSON; lengths are in nm. The least that it needs:
          { "version": 1, "samples": [ { "name": "4nm", "seed": 1, "haadf": [ {
            "count": 2, "pixel_nm": 0.1, "particles": { "count": 100,
            "long_axis_mean_nm": 4, "long_axis_sd_nm": 0.4 } } ] } ] }
        All else (film, probe, detector, scan, shapes) has a default; see
        docs/methods/haadf-simulation.md and sample-images/recipe.json.

        Examples:
          ima simulate sample-images/recipe.json --out my-images
          ima run my-images --out results

        Exit codes:
          0 all written   2 bug   64 wrong usage or recipe   130 interrupted
        """;

    /// <summary>Makes the command.</summary>
    public static Command Make(Terminal terminal)
    {
        Argument<string> recipe = new("RECIPE") { Description = "JSON file that says what to simulate." };
        Option<string> folder = new("--out") { Description = "Folder to write to; made where it is missing.", HelpName = "DIR", Required = true };
        Option<bool> quiet = CommonOptions.Quiet();
        TaughtCommand command = new("simulate", About, More) { recipe.Named(), folder.Named(), quiet };
        command.SetAction((parsed, cancel) =>
        {
            bool silent = parsed.GetValue(quiet);
            RecipeResult result = RecipeRun.Write(parsed.GetValue(recipe)!, parsed.GetValue(folder)!, silent ? null : progress => Show(terminal, progress), cancel);
            if (!silent)
            {
                terminal.Out.WriteLine("Simulated images, not recorded by an instrument. Long axes of the particles that");
                terminal.Out.WriteLine("lie wholly in an image:");
                terminal.OutConsole.Write(TableOf(result));
                terminal.Out.WriteLine(Path.Combine(parsed.GetValue(folder)!, "samples.json"));
            }

            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static void Show(Terminal terminal, RecipeProgress progress) =>
        terminal.Err.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{progress.Done} of {progress.Total}: {progress.File}"));

    private static Table TableOf(RecipeResult result)
    {
        Table table = new() { Border = TableBorder.Simple };
        table.AddColumn("sample");
        foreach (string name in new[] { "images", "n", "mean (nm)", "s.d. (nm)" })
        {
            table.AddColumn(new TableColumn(name).RightAligned());
        }

        foreach (TruthFile sample in result.Samples)
        {
            TruthSizes sizes = sample.Inside;
            table.AddRow(
                new Text(sample.Sample),
                new Text(sample.Images.Count.ToString(CultureInfo.InvariantCulture)),
                new Text(sizes.Count.ToString(CultureInfo.InvariantCulture)),
                new Text(sizes.MeanNm?.ToString("0.000", CultureInfo.InvariantCulture) ?? "-"),
                new Text(sizes.SdNm?.ToString("0.000", CultureInfo.InvariantCulture) ?? "-"));
        }

        return table;
    }
}
