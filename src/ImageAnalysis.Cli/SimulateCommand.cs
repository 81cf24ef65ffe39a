using System.CommandLine;
using System.Globalization;
using ImageAnalysis.Samples;
using ImageAnalysis.Simulation;
using Spectre.Console;

namespace ImageAnalysis.Cli;

/// <summary><c>ima simulate</c>: makes images and powder patterns with known truth from a recipe.</summary>
internal static class SimulateCommand
{
    private const string About = "Make simulated images and powder patterns with known truth from a recipe.";

    private const string More = """
        What comes out, in DIR, which ima run takes as it is:
          SAMPLE/haadf/*.tif        HAADF-STEM images: particle sizes
          SAMPLE/hrtem/*.tif, .dm3  HRTEM images by multislice: lattice fringes
          SAMPLE/pxrd/*.ras, .xy    powder patterns with counting noise
          samples.json              the sample sheet
          truth/SAMPLE/KIND/truth.json  what each file shows; passed over by ima run
          recipe.json               a copy of the recipe
        Every file is marked as simulated. The same recipe gives the same files, for
        any --jobs. A folder that holds other things is refused.

        The recipe is JSON; lengths are in nm. The least that it needs:
          { "version": 1, "samples": [ { "name": "4nm", "seed": 1,
            "haadf": [ { "count": 2, "pixel_nm": 0.1, "particles": { "count": 100,
              "long_axis_mean_nm": 4, "long_axis_sd_nm": 0.4 } } ],
            "hrtem": { "particles": { "model": "models/cu2se-table2-4nm.cif",
              "fringe_count": 10, "ordered_count": 3, "diameter_mean_nm": 4,
              "diameter_sd_nm": 0.4 },
              "images": [ { "count": 2, "pixel_nm": 0.025 } ] },
            "pxrd": [ { "model": "models/cu2se-table2-4nm.cif", "size_nm": 4 } ] } ] }
        One of haadf, hrtem, pxrd is enough. All else (film, lens, probe, detector,
        strain, vacancies, instrument) has a default: docs/recipes.md names
        every key; sample-images/recipe.json is an example.

        Examples:
          ima simulate sample-images/recipe.json --out my-images
          ima run my-images --out results

        Exit codes:
          0 all written   2 bug   64 wrong usage or recipe   130 interrupted
        """;

    /// <summary>What an HRTEM image of 1024² px takes, and some more.</summary>
    private const long BytesPerJob = 800_000_000;

    /// <summary>Makes the command.</summary>
    public static Command Make(Terminal terminal)
    {
        Argument<string> recipe = new("RECIPE") { Description = "JSON file that says what to simulate." };
        Option<string> folder = new("--out") { Description = "Folder to write to; made where it is missing.", HelpName = "DIR", Required = true };
        Option<int?> jobs = CommonOptions.Jobs("Files made at the same time; default: the number of cores, or fewer where memory is short: an HRTEM image of 1024² px takes up to 0.6 GB.");
        Option<bool> quiet = CommonOptions.Quiet();
        TaughtCommand command = new("simulate", About, More) { recipe.Named(), folder.Named(), jobs, quiet };
        command.SetAction((parsed, cancel) =>
        {
            bool silent = parsed.GetValue(quiet);
            RecipeResult result = RecipeRun.Write(
                parsed.GetValue(recipe)!, parsed.GetValue(folder)!, parsed.GetValue(jobs) ?? DefaultJobs(), silent ? null : progress => Show(terminal, progress), cancel);
            if (!silent)
            {
                Tell(terminal, result);
                terminal.Out.WriteLine(Path.Combine(parsed.GetValue(folder)!, "samples.json"));
            }

            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    // As many as there are cores, but no more than there is memory for.
    private static int DefaultJobs() => (int)Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / BytesPerJob, 1, Environment.ProcessorCount);

    private static void Tell(Terminal terminal, RecipeResult result)
    {
        terminal.Out.WriteLine("Simulated data, not recorded by an instrument.");
        if (result.Samples.Any(sample => sample.Images.Count > 0))
        {
            terminal.Out.WriteLine("HAADF-STEM: long axes of the particles that lie wholly in an image");
            terminal.OutConsole.Write(TableOf(result.Samples));
        }

        if (result.Hrtem.Count > 0)
        {
            terminal.Out.WriteLine("HRTEM: particles by what they show; observable: order that should stand out");
            terminal.OutConsole.Write(TableOf(result.Hrtem));
        }

        if (result.Patterns.Count > 0)
        {
            terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Powder patterns: {result.Patterns.Count}"));
        }
    }

    private static Table TableOf(IReadOnlyList<HrtemTruthFile> samples)
    {
        Table table = new() { Border = TableBorder.Simple };
        table.AddColumn("sample");
        foreach (string name in new[] { "images", "ordered", "observable", "regular", "no fringe" })
        {
            table.AddColumn(new TableColumn(name).RightAligned());
        }

        foreach (HrtemTruthFile sample in samples)
        {
            int[] numbers =
            [
                sample.Images.Count,
                sample.Count(LatticeLabel.Ordered),
                sample.Particles.Count(particle => particle.ObservableSuperlattice == true),
                sample.Count(LatticeLabel.Regular),
                sample.Count(LatticeLabel.NoFringe),
            ];
            table.AddRow([new Text(sample.Sample), .. numbers.Select(number => new Text(number.ToString(CultureInfo.InvariantCulture)))]);
        }

        return table;
    }

    private static void Show(Terminal terminal, RecipeProgress progress) =>
        terminal.Err.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{progress.Done} of {progress.Total}: {progress.File}"));

    private static Table TableOf(IReadOnlyList<TruthFile> samples)
    {
        Table table = new() { Border = TableBorder.Simple };
        table.AddColumn("sample");
        foreach (string name in new[] { "images", "n", "mean (nm)", "s.d. (nm)" })
        {
            table.AddColumn(new TableColumn(name).RightAligned());
        }

        foreach (TruthFile sample in samples.Where(sample => sample.Images.Count > 0))
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
