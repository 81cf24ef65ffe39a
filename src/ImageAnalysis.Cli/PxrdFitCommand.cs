using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ImageAnalysis.Core;
using ImageAnalysis.Report;
using ImageAnalysis.Samples;

namespace ImageAnalysis.Cli;

/// <summary><c>ima pxrd fit</c>: site occupancies, cell and size from a powder pattern.</summary>
internal static partial class PxrdFitCommand
{
    private const string TotalExpected = "Cu=8, Cu=7.2, a measured total such as Cu=7.2±0.1 (or Cu=7.2+-0.1), several with commas, or free";

    private const string About = "Fit site occupancies, cell and crystal size to a powder pattern, and name what fits as well.";

    private const string More = """
        The pattern: XY, XYE, CSV, RAS, RASX, XRDML, Bruker RAW and BRML, GSAS, UXD,
        of a laboratory anode (Cu Kα unless the file or --wavelength says else).

        The model: without --sites that of models/cu2se-sites.cif, Cu₂Se with all four
        kinds of copper sites. Every set of sites that can hold the copper is fitted
        from many starts, and the sets are compared by the Bayesian information
        criterion (BIC). With several --sites the models are compared in the same way.

        The number of atoms: that of the model (8 Cu) unless --fix-total says else. A
        wrong total puts atoms on wrong sites: 8 Cu forced on 7.2 invents some on 4b
        and 24e. Give what EDS measured, with its error, or free.

        One B or several: --common-b gives errors of 0.02-0.07 Cu per site, which hold
        only if all atoms vibrate alike; with a B for each element they are 0.1-0.2.

        f' and f'' are in. --no-anomalous is for patterns that a program made without
        them, never for measured ones: 2.96 Cu on 8c would become 2.51.

        What comes out: errors are one standard deviation. "rivals" fit nearly as
        well; noise may tell them apart, small systematic errors may not. --out writes
        JSON, and beside it the plot (.svg) and the refined structure (.cif).

        Examples:
          ima pxrd fit 6nm.xy
          ima pxrd fit 6nm.xy --common-b --fix-total Cu=7.6±0.1 --out 6nm.json
          ima pxrd fit 6nm.xy --size-distribution results --sample 6nm
          ima pxrd fit cu3au.xy --sites ordered.cif --sites disordered.cif

        Exit codes:
          0 fitted   2 bug   3 bad or refused file   64 wrong usage
        """;

    /// <summary>Makes the command.</summary>
    public static Command Make(Terminal terminal)
    {
        Argument<string> pattern = new("PATTERN") { Description = "The powder pattern." };
        Option<string[]> sites = new("--sites") { Description = "Structure to fit; may be given several times. Default: models/cu2se-sites.cif.", HelpName = "CIF", AllowMultipleArgumentsPerToken = false };
        Option<IReadOnlyList<ElementTotal>?> totals = new("--fix-total") { Description = "Atoms per cell: Cu=8, Cu=7.2±0.1, or free. Default: as in the structure.", HelpName = "TOTAL", CustomParser = ParseTotals };
        Option<bool> common = new("--common-b") { Description = "One displacement parameter B for all atoms; default: one for each element." };
        Option<bool> plain = new("--no-anomalous") { Description = "Leave f' and f'' out: for patterns that a program made without them." };
        Option<string?> sizes = new("--size-distribution") { Description = "Results folder of ima run: compare with the sizes that the microscope measured.", HelpName = "RESULTS" };
        Option<string?> sample = new("--sample") { Description = "The sample of RESULTS that the pattern is of, where it has several.", HelpName = "NAME" };
        Option<PowderWavelengths?> wavelength = PxrdCommand.Wavelength("Wavelengths in Å, where the file does not give them.");
        Option<int?> range = new("--range") { Description = "Which range of a file that holds several, from 0.", HelpName = "N" };
        Option<(double FirstDeg, double LastDeg)[]> excluded = PxrdCommand.Angles("--exclude", "Leave out a range of 2θ; may be given several times.", several: true);
        Option<double?> monochromator = PxrdCommand.Number("--monochromator-deg", "DEG", "2θ of a crystal monochromator; graphite with Cu Kα: 26.6. Default: none.", 0, 180);
        Option<IntervalKind> intervals = new("--intervals") { Description = "95 % intervals of the atoms on each site.", HelpName = "none|profile|bootstrap", CustomParser = ParseIntervals };
        Option<string?> output = new("--out") { Description = "JSON file to write; plot (.svg) and structure (.cif) get its name.", HelpName = "JSON" };
        TaughtCommand command = new("fit", About, More) { pattern, sites, totals, common, plain, sizes, sample, wavelength, range, excluded, monochromator, intervals, output };
        command.Validators.Add(parsed =>
        {
            if (parsed.GetResult(sample) is not null && parsed.GetResult(sizes) is null)
            {
                parsed.AddError("--sample: found without --size-distribution RESULTS; expected both.");
            }
        });
        command.SetAction((parsed, cancel) => Interruptible.Run(() =>
        {
            PowderFitOptions options = new()
            {
                Totals = parsed.GetValue(totals),
                CommonB = parsed.GetValue(common),
                Anomalous = parsed.GetValue(plain) ? null : AnomalousTable.Sasaki1989,
                Wavelengths = parsed.GetValue(wavelength),
                Excluded = [.. (parsed.GetValue(excluded) ?? []).Select(one => new TwoThetaRange(one.FirstDeg, one.LastDeg))],
                MonochromatorTwoThetaDeg = parsed.GetValue(monochromator) ?? 0,
                Intervals = parsed.GetValue(intervals),
            };
            string[] models = parsed.GetValue(sites) ?? [];
            string[] outputs = Outputs(parsed.GetValue(output), [parsed.GetValue(pattern)!, .. models]);
            PatternFile file = PatternFile.Read(parsed.GetValue(pattern)!, parsed.GetValue(range));
            CrystalModel[] structures = [.. (models.Length == 0 ? [CrystalModels.DefaultName] : models.Distinct()).Select(model => CrystalModels.Read(Directory.GetCurrentDirectory(), model))];
            ExpectedSize? expected = parsed.GetValue(sizes) is string results ? ExpectedSize.Of(results, parsed.GetValue(sample), options.ScherrerKRatio) : null;
            Fit(terminal, file, structures, options, expected, outputs);
            return ExitCode.Done;
        }, cancel));
        return command;
    }

    private static void Fit(Terminal terminal, PatternFile file, CrystalModel[] structures, PowderFitOptions options, ExpectedSize? expected, string[] outputs)
    {
        foreach (CrystalModel model in structures)
        {
            foreach (string note in model.Notes)
            {
                terminal.Err.WriteLine($"note: {model.Name}: {note}");
            }
        }

        PatternFit fit = PatternFit.Of(file, structures, options);
        PxrdFitText.Write(terminal.Out, fit, options, expected);
        if (outputs.Length > 0)
        {
            string name = Path.GetFileName(file.Path);
            NamedFile.Write(outputs[0], FitJson.Write(fit.Best.Fit, fit.Input(expected) with { ProgramVersion = Ima.Version }));
            NamedFile.Write(outputs[1], PatternPlot.File(fit.Best.Fit, name, file.Pattern.IsSimulated));
            NamedFile.Write(outputs[2], Encoding.UTF8.GetBytes(RefinedStructure.Cif(fit.Best.Fit, name, Ima.Version)));
            foreach (string path in outputs)
            {
                terminal.Out.WriteLine(path);
            }
        }
    }

    /// <summary>The three files of a result; none of them may be one that is read, or another of the three.</summary>
    private static string[] Outputs(string? json, string[] inputs)
    {
        if (json is null)
        {
            return [];
        }

        string[] outputs = [json, Path.ChangeExtension(json, ".svg"), Path.ChangeExtension(json, ".cif")];
        if (outputs.Distinct(StringComparer.OrdinalIgnoreCase).Count() < outputs.Length)
        {
            throw new InputException($"--out: found \"{json}\"; expected a name such as fit.json: the plot (.svg) and the structure (.cif) get the same name with their own endings.");
        }

        foreach (string output in outputs)
        {
            NamedFile.RefuseOverwriting(output, inputs);
        }

        return outputs;
    }

    private static ElementTotal[]? ParseTotals(ArgumentResult given)
    {
        string text = given.Tokens.Count == 1 ? given.Tokens[0].Value : string.Empty;
        if (text == "free")
        {
            return [];
        }

        List<ElementTotal> totals = [];
        foreach (string part in text.Split(','))
        {
            Match match = Total().Match(part);
            if (match.Success
                && double.TryParse(match.Groups["value"].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) && value is > 0 and <= 1e6
                && Sigma(match.Groups["sigma"]) is double sigma and <= 1e6
                && totals.TrueForAll(other => other.Element != match.Groups["element"].Value))
            {
                totals.Add(new(match.Groups["element"].Value, value, sigma > 0 ? sigma : null));
                continue;
            }

            given.AddError($"--fix-total: found \"{part}\"; expected {TotalExpected}. Decimals with a point.");
            return null;
        }

        return [.. totals];
    }

    /// <summary>The error of a total, 0 where none is given, <c>null</c> where it is none.</summary>
    private static double? Sigma(Group group) => !group.Success ? 0
        : double.TryParse(group.ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double sigma) && sigma > 1e-6 ? sigma : null;

    private static IntervalKind ParseIntervals(ArgumentResult given)
    {
        string text = given.Tokens.Count == 1 ? given.Tokens[0].Value : string.Empty;
        switch (text)
        {
            case "none": return IntervalKind.None;
            case "profile": return IntervalKind.Profile;
            case "bootstrap": return IntervalKind.Bootstrap;
            default:
                given.AddError($"--intervals: found \"{text}\"; expected none, profile or bootstrap.");
                return IntervalKind.None;
        }
    }

    [GeneratedRegex(@"^(?<element>[A-Z][a-z]?)=(?<value>[0-9.]+)(?:(?:±|\+-|\+/-)(?<sigma>[0-9.]+))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Total();
}
