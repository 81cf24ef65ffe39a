using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ImageAnalysis.Report;
using ImageAnalysis.Samples;

namespace ImageAnalysis.Cli;

/// <summary><c>ima run</c>: measures a folder of samples.</summary>
internal static class RunCommand
{
    private const string About = "Measure all images of a folder or sample sheet, and write tables, overlays and a report.";

    private const string More = """
        The folder:
          ROOT/<sample>/haadf/ holds the HAADF-STEM images of a sample (names in any
          case; deeper folders too), hrtem/ its lattice images, pxrd/ its powder
          patterns. A ROOT that holds samples.json is described by that file alone.
          truth/, hidden files and EMI files beside their SER are passed over.

        Pixel size:
          samples.json beats --pixel-nm beats the file. Where two of them differ by
          more than 3 % you are told. An image without any is measured in pixels;
          verdicts on lattice images then rest on ratios and angles.

        What comes out, in RESULTS:
          report.html     the results with histograms and pictures, for people
          samples.csv     a row a sample: sizes, superstructure, lattice, Cu, strain
          sizes.csv       a row a particle: sizes in nm and px, shape, flags
          fringes.csv     a row a crystal of the HRTEM images: spacing, test, verdict
          families.csv    a row a fringe of each crystal
          fits/           the fit of each powder pattern: parameters and picture
          figures/        the data of each figure, and the figures themselves
          files.csv       a row an input file: what became of it, and why
          overlays/       each image with what was measured, each crystal's picture
          results.sqlite  everything; running again computes only what changed
          run.json        options, versions and file hashes, to repeat the run

        Stopping with Ctrl-C loses nothing: the same command goes on from there.

        Examples:
          ima run sample-images --out results
          ima run data/samples.json --out results --jobs 4
          ima run data --out results --pixel-nm 0.0512
          ima run --print-options > options.json    then change what you like, and
          ima run data --out results --options options.json

        Exit codes:
          0 all measured   3 some files bad   2 bug   64 wrong usage   130 interrupted
        """;

    /// <summary>Makes the command.</summary>
    public static Command Make(Terminal terminal)
    {
        Argument<string?> root = new("ROOT") { Description = "Folder of samples, or a samples.json.", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> results = new("--out") { Description = "Results folder: new, empty, or of an earlier run on the same ROOT.", HelpName = "RESULTS" };
        Option<string?> optionsFile = new("--options") { Description = "JSON file with the options to change.", HelpName = "FILE" };
        Option<int?> jobs = CommonOptions.Jobs("Images measured at the same time; default: the number of cores. The results are the same for any number.");
        Option<(double WidthNm, double HeightNm)?> pixel = Pixel("Size of a pixel in nm, for all images that samples.json gives none for: X, or X,Y for pixels that are not square. Decimals with a point.");
        Option<string?> rates = CommonOptions.Rates();
        Option<bool> quiet = CommonOptions.Quiet();
        Option<bool> print = new("--print-options") { Description = "Write all options with their defaults as JSON, and do nothing else." };
        TaughtCommand command = new("run", About, More) { root.Named(), results.Named(), optionsFile.Named(), jobs, pixel, rates.Named(), quiet, print };
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(print))
            {
                return;
            }

            if (parsed.GetValue(root) is null)
            {
                parsed.AddError("ROOT is missing: the folder of samples, or a samples.json.");
            }

            // An option without its value has been complained about already; asking for the value would throw.
            if (parsed.GetResult(results) is null)
            {
                parsed.AddError("--out RESULTS is missing: the folder for the results.");
            }
        });
        command.SetAction((parsed, cancel) =>
        {
            PipelineOptions options = parsed.GetValue(optionsFile) is string file ? OptionsJson.Read(file) : new PipelineOptions();
            if (parsed.GetValue(print))
            {
                terminal.Out.Write(OptionsJson.Write(options));
                return Task.FromResult(ExitCode.Done);
            }

            RunRequest request = new()
            {
                Input = parsed.GetValue(root)!,
                ResultsFolder = parsed.GetValue(results)!,
                ProgramVersion = Ima.Version,
                Jobs = parsed.GetValue(jobs) ?? Environment.ProcessorCount,
                RatesFile = parsed.GetValue(rates),
                PixelWidthNm = parsed.GetValue(pixel)?.WidthNm,
                PixelHeightNm = parsed.GetValue(pixel)?.HeightNm,
            };
            return Task.FromResult(Run(request, options, terminal, parsed.GetValue(quiet), cancel));
        });
        return command;
    }

    /// <summary>The option for a pixel size.</summary>
    public static Option<(double WidthNm, double HeightNm)?> Pixel(string description) => new("--pixel-nm") { Description = description, HelpName = "X[,Y]", CustomParser = ParsePixel };

    private static int Run(RunRequest request, PipelineOptions options, Terminal terminal, bool quiet, CancellationToken cancel)
    {
        RunResult result = ProgressLine.Show(terminal, quiet, report => Pipeline.Run(request, options, report, OverlayFile.Write, ReportFile.Write, cancel));
        ResultText.Write(terminal, result, request.ResultsFolder, tablesWritten: !result.Interrupted, quiet);
        return ResultText.ExitCodeOf(result);
    }

    /// <summary>Long pixels are taken, since scans can have them. What looks like a decimal comma is asked back.</summary>
    private static (double WidthNm, double HeightNm)? ParsePixel(ArgumentResult given)
    {
        string text = given.Tokens.Count == 1 ? given.Tokens[0].Value : string.Empty;
        string[] parts = [.. text.Split(',').Select(part => part.Trim())];
        double[] sizes = [.. parts.Select(part =>
            double.TryParse(part, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double size) && double.IsFinite(size) ? size : 0)];
        bool isDecimalComma = parts is [var whole, ['0', >= '0' and <= '9', ..]] && whole.All(char.IsAsciiDigit);
        if (sizes.Length is 1 or 2 && !isDecimalComma && PixelSize.IsCredible(sizes[0], sizes[^1]))
        {
            return (sizes[0], sizes[^1]);
        }

        bool hasComma = parts is [{ Length: > 0 } left, { Length: > 0 } right] && (left + right).All(char.IsAsciiDigit);
        given.AddError(hasComma
            ? $"--pixel-nm: found \"{text}\"; expected decimals with a point: {parts[0]}.{parts[1]}. (A comma separates width and height: 0.0512,0.0508.)"
            : $"--pixel-nm: found \"{text}\"; expected the size of a pixel in nm, such as 0.0512, or width,height such as 0.0512,0.0508 ({PixelSize.Limits}).");
        return null;
    }
}
