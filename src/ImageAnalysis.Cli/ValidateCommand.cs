using System.CommandLine;
using System.Globalization;
using ImageAnalysis.Report;
using ImageAnalysis.Samples;

namespace ImageAnalysis.Cli;

/// <summary><c>ima validate</c>: holds results against known truth.</summary>
internal static class ValidateCommand
{
    private const string About = "Hold the results of a run against known truth: what was found, missed and invented.";

    private const string More = """
        The truth: truth.json files in DIR, at any depth, as ima simulate writes them
        (DIR/truth) or other programs. They are matched to the run by kind, sample and
        name of the image file; what does not fit is left out, and said.

        How it is counted: found and true particles are paired one to one. HAADF-STEM:
        centres within half the short axis. HRTEM: boxes that share 30 % of what they
        cover together, or centres within a quarter of the diameter. Undetermined is no
        error where order is too faint to be seen, and a miss where it is not; regular
        on an ordered crystal is always an error.

        Bars: where a measured number misses its bar, the exit code is 3. The defaults
        are what the analysis should reach; change them with the options above.

        What comes out, in RESULTS/validation:
          validation.html   confusion matrix, errors, plots, for people
          bars.csv          the bars and what was measured
          confusion.csv     truth against verdict
          sensitivity.csv   by size, dose, defocus, tilt, transfer, degree of order
          errors.csv        biases, scatter and pulls (error / stated error)
          crystals.csv, particles.csv   each pair; samples.csv: the percentages
          rates.json        for ima report --rates: corrects counted fractions of
                            other samples for misses and false alarms

        --inject needs no truth: into each crystal of the run's own images that shows no
        superlattice, one is put at random phase along one of its fringes: with 0.05 to
        0.8 of the fringe's amplitude, and as strong as the analysis expects it of
        ordered crystals. The images are then analysed again, with the run's options:
        does the test find what it claims that it would have found? The images on disk
        stay as they are. Missed: where order put into crystals called regular is found
        significantly less often than the run's options promise. injection.csv has all.

        Examples:
          ima simulate recipe.json --out made
          ima run made --out results
          ima validate results --truth made/truth
          ima validate results --truth made --max-false 0.02 --sensitivity-from-nm 4
          ima validate results --inject

        Exit codes:
          0 all bars met   3 a bar missed   2 bug   64 wrong usage   130 interrupted
        """;

    /// <summary>Makes the command.</summary>
    public static Command Make(Terminal terminal)
    {
        ValidationOptions bars = new();
        Argument<string> results = new("RESULTS") { Description = "Results folder of an earlier ima run." };
        Option<string?> truth = new("--truth") { Description = "Folder with truth.json files, or one such file.", HelpName = "DIR" };
        Option<bool> inject = new("--inject") { Description = "Put superlattices of known strength into the crystals of the run's own images that show none, and see which are called." };
        Option<int> repeats = new("--inject-repeats") { Description = "How often superlattices as strong as those of ordered crystals are put in.", HelpName = "N", DefaultValueFactory = _ => 4 };
        Option<int> seed = new("--seed") { Description = "Where the phases and strengths put in come from.", HelpName = "N", DefaultValueFactory = _ => 1 };
        Option<int?> jobs = CommonOptions.Jobs("With --inject: images at the same time; default: the number of cores.");
        Option<double> recall = Bar("--min-recall", "Least share of crystals with visible fringes that are found", bars.MinRecallFraction);
        Option<double> sensitivity = Bar("--min-sensitivity", "Least share of visibly ordered crystals called superstructure", bars.MinSensitivityFraction);
        Option<double> from = Bar("--sensitivity-from-nm", "That bar holds for crystals of this diameter or more, nm", bars.SensitivityFromNm);
        Option<double> falseShare = Bar("--max-false", "Most false superstructures, as a share of the regular crystals", bars.MaxFalseFraction);
        Option<double> table = Bar("--max-table-difference", "Most by which a sample's percentage is off, in particles", bars.MaxTableDifferenceRatio);
        Option<double> spacing = Bar("--max-spacing-error-percent", "Largest median error of the spacing, %", bars.MaxSpacingErrorPercent);
        Option<double> angle = Bar("--max-angle-error-deg", "Largest median error of a fringe's direction, degree", bars.MaxAngleErrorDeg);
        Option<double> sized = Bar("--min-sized-recall", "HAADF-STEM: least share of whole particles that are found", bars.MinSizedRecallFraction);
        Option<double> bias = Bar("--max-size-bias-nm", "HAADF-STEM: largest mean error of the long axis, nm", bars.MaxSizeBiasNm);
        Option<bool> quiet = CommonOptions.Quiet();
        TaughtCommand command = new("validate", About, More) { results.Named(), truth.Named(), inject, repeats, seed, jobs, recall, sensitivity, from, falseShare, table, spacing, angle, sized, bias, quiet };
        command.Validators.Add(parsed =>
        {
            if (parsed.GetResult(truth) is null && parsed.GetResult(inject) is null)
            {
                parsed.AddError("--truth DIR is missing: the folder with truth.json files (or --inject, which needs none).");
            }
        });
        command.SetAction((parsed, cancel) =>
        {
            ValidationOptions options = new()
            {
                MinRecallFraction = parsed.GetValue(recall),
                MinSensitivityFraction = parsed.GetValue(sensitivity),
                SensitivityFromNm = parsed.GetValue(from),
                MaxFalseFraction = parsed.GetValue(falseShare),
                MaxTableDifferenceRatio = parsed.GetValue(table),
                MaxSpacingErrorPercent = parsed.GetValue(spacing),
                MaxAngleErrorDeg = parsed.GetValue(angle),
                MinSizedRecallFraction = parsed.GetValue(sized),
                MaxSizeBiasNm = parsed.GetValue(bias),
            };
            OptionErrors.Check(
                options.Validate,
                (nameof(options.MinRecallFraction), recall), (nameof(options.MinSensitivityFraction), sensitivity), (nameof(options.SensitivityFromNm), from), (nameof(options.MaxFalseFraction), falseShare),
                (nameof(options.MaxTableDifferenceRatio), table), (nameof(options.MaxSpacingErrorPercent), spacing), (nameof(options.MaxAngleErrorDeg), angle), (nameof(options.MinSizedRecallFraction), sized),
                (nameof(options.MaxSizeBiasNm), bias));
            string folder = parsed.GetValue(results)!;
            bool isQuiet = parsed.GetValue(quiet), missed = false;
            if (parsed.GetValue(truth) is string truthFolder)
            {
                ValidationResult result = Validator.Run(folder, truthFolder, options, ValidationFile.Write);
                ValidationText.Write(terminal, result, folder, isQuiet);
                missed = result.IsMissed;
            }

            if (parsed.GetValue(inject))
            {
                InjectionOptions how = new() { ModelRepeatCount = parsed.GetValue(repeats), Seed = parsed.GetValue(seed) };
                OptionErrors.Check(how.Validate, (nameof(how.ModelRepeatCount), repeats), (nameof(how.Seed), seed));
                Action<int, int>? progress = isQuiet ? null : ProgressLine.Tenths(terminal, "analyses");
                InjectionResult injected = Injector.Run(folder, how, parsed.GetValue(jobs) ?? Environment.ProcessorCount, progress, ValidationFile.Write, cancel);
                InjectionText.Write(terminal, injected, folder, isQuiet);
                missed |= injected.Bar.IsMet == false;
            }

            return Task.FromResult(missed ? ExitCode.SomeFilesBad : ExitCode.Done);
        });
        return command;
    }

    private static Option<double> Bar(string name, string description, double standard) => new(name)
    {
        Description = string.Create(CultureInfo.InvariantCulture, $"{description}."),
        HelpName = "X",
        DefaultValueFactory = _ => standard,
        CustomParser = Numbers.Parse,
    };
}
