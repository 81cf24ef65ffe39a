using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ImageAnalysis.Core;
using ImageAnalysis.Formats;
using ImageAnalysis.Samples;

namespace ImageAnalysis.Cli;

/// <summary><c>ima pxrd simulate</c>: the powder pattern of a crystal structure.</summary>
internal static class PxrdSimulateCommand
{
    /// <summary>Most points of a pattern: more is a mistyped step.</summary>
    private const int MostPoints = 200_000;

    /// <summary>Largest spheres whose distances are computed, nm.</summary>
    private const double LargestSphereNm = 40;

    /// <summary>How many standard deviations of the diameters are computed.</summary>
    private const double DistributionReach = 6;

    private const string About = "Compute the powder pattern of a crystal structure.";

    private const string More = """
        Two ways of computing it:
          Bragg lines     (default) lines of Scherrer's width for --size-nm, K = 0.9.
                          Right for crystals above some 5 nm, and quick.
          Debye equation  (--debye) spheres of the diameter --size-nm, cut at random
                          from the crystal; finite size, overlap, small-angle and
                          diffuse scattering come out by themselves. For particles
                          below 5 nm, where Bragg lines are wrong.
        Scherrer's equation reads 0.81 of the diameter of spheres: 6 nm read 4.9 nm.

        What comes out: a table of 2θ in degrees and counts, whose head says that it
        is simulated, from what, with which wavelengths and tables. The highest point
        lies --counts above --background. B is 0 unless the model or --b says else.
        f' and f'' are in, as in real data; --no-anomalous leaves them out.

        Examples:
          ima pxrd simulate --model models/cu2se-table2-6nm.cif --out bulk.xy
          ima pxrd simulate --model models/cu2se-table2-2nm.cif --size-nm 2.1 \
            --size-sd-nm 0.3 --debye --out 2nm.xy
          ima pxrd simulate --model models/cu2se-table2-6nm.cif --size-nm 5 \
            --background 500 --seed 1 --out noisy.xy

        Exit codes:
          0 written   2 bug   3 bad CIF   64 wrong usage
        """;

    /// <summary>Makes the command.</summary>
    public static Command Make(Terminal terminal)
    {
        Option<string> model = new("--model") { Description = "The crystal structure.", HelpName = "CIF", Required = true };
        Option<string> output = new("--out") { Description = "File to write.", HelpName = "XY", Required = true };
        Option<double?> size = PxrdCommand.Number("--size-nm", "D", "Crystal size by Scherrer's equation in nm (default 100); with --debye the diameter of the spheres, at most 40.", 0.5, 5000);
        Option<double?> spread = PxrdCommand.Number("--size-sd-nm", "S", "Standard deviation of the spheres' diameters in nm; default 0. With --debye only.", 0, 20);
        Option<bool> debye = new("--debye") { Description = "By the Debye equation instead of Bragg lines." };
        Option<(double FirstDeg, double LastDeg)[]> range = PxrdCommand.Angles("--two-theta", "Range of 2θ in degrees; default 15,65.", several: false);
        Option<double?> step = PxrdCommand.Number("--step", "DEG", "Step of 2θ in degrees; default 0.04.", 0.001, 1);
        Option<double?> strain = PxrdCommand.Number("--strain-percent", "E", "Change of all cell edges in percent; negative is compressed; default 0.", -20, 20);
        Option<double?> displacement = PxrdCommand.Number("--b", "B", "Displacement parameter B in Å² of sites for which the model gives none; default 0.", 0, 20);
        Option<bool> plain = new("--no-anomalous") { Description = "Leave f' and f'' out, for comparison with programs that do so." };
        Option<PowderWavelengths?> wavelength = PxrdCommand.Wavelength("Wavelengths in Å; default Cu Kα₁ and Kα₂, 2 : 1.");
        Option<double?> counts = PxrdCommand.Number("--counts", "N", "Highest point above the background; default 2000.", 1e-3, 1e9);
        Option<double?> background = PxrdCommand.Number("--background", "N", "Level background in counts; default 0.", 0, 1e9);
        Option<int?> seed = new("--seed") { Description = "Add counting noise: the same seed, the same noise.", HelpName = "N" };
        TaughtCommand command = new("simulate", About, More) { model, output, size, spread, debye, range, step, strain, displacement, plain, wavelength, counts, background, seed };
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(debye) && parsed.GetResult(size) is null)
            {
                parsed.AddError("--size-nm D is missing: --debye needs the diameter of the particles.");
            }

            if (parsed.GetValue(debye) && NumberOf(parsed.GetResult(size)) is double diameterNm)
            {
                double sd = NumberOf(parsed.GetResult(spread)) ?? 0;
                if (sd > diameterNm)
                {
                    parsed.AddError(string.Create(CultureInfo.InvariantCulture, $"--size-sd-nm: found {sd} with a mean diameter of {diameterNm}; expected at most the mean."));
                }
                else if (diameterNm + (DistributionReach * sd) > LargestSphereNm)
                {
                    parsed.AddError(string.Create(CultureInfo.InvariantCulture, $"--size-nm: found {diameterNm}{(sd > 0 ? string.Create(CultureInfo.InvariantCulture, $" with --size-sd-nm {sd}") : string.Empty)} and --debye; expected at most {LargestSphereNm}{(sd > 0 ? ", six standard deviations included" : string.Empty)}. Bragg lines do as well for larger crystals."));
                }
            }

            if (!parsed.GetValue(debye) && parsed.GetResult(spread) is not null)
            {
                parsed.AddError("--size-sd-nm: found without --debye; expected both, since Bragg lines have one size.");
            }
        });
        command.SetAction((parsed, cancel) => Interruptible.Run(() =>
        {
            (double first, double last) = parsed.GetValue(range) is [(double, double) given] ? given : (15, 65);
            double stepDeg = parsed.GetValue(step) ?? 0.04;
            if ((last - first) / stepDeg > MostPoints)
            {
                throw new InputException(string.Create(CultureInfo.InvariantCulture, $"--step: found {stepDeg}°, which makes more than {MostPoints} points; expected a larger one."));
            }

            string path = parsed.GetValue(output)!, crystal = parsed.GetValue(model)!;
            NamedFile.RefuseOverwriting(path, [crystal]);
            PatternSimulation simulation = new()
            {
                Model = CrystalModels.Read(Directory.GetCurrentDirectory(), crystal),
                SizeNm = parsed.GetValue(size),
                SizeSdNm = parsed.GetValue(spread) ?? 0,
                Debye = parsed.GetValue(debye),
                FirstTwoThetaDeg = first,
                LastTwoThetaDeg = last,
                StepDeg = stepDeg,
                StrainPercent = parsed.GetValue(strain) ?? 0,
                BIsoAngstrom2 = parsed.GetValue(displacement) ?? 0,
                Anomalous = !parsed.GetValue(plain),
                Wavelengths = parsed.GetValue(wavelength) ?? PowderWavelengths.CuKAlpha,
                PeakCounts = parsed.GetValue(counts) ?? 2000,
                BackgroundCounts = parsed.GetValue(background) ?? 0,
                Seed = parsed.GetValue(seed),
                ProgramVersion = Ima.Version,
            };
            foreach (string note in simulation.Model.Notes)
            {
                terminal.Err.WriteLine($"note: {crystal}: {note}");
            }

            PowderPattern pattern = simulation.Run();
            NamedFile.Write(path, PatternWriter.Xy(pattern, simulation.Head()));
            terminal.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"Simulated pattern, not measured by an instrument: {pattern.PointCount} points,"));
            terminal.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"2θ {pattern.TwoThetaDeg[0]:0.####}…{pattern.TwoThetaDeg[^1]:0.####}°, {pattern.Wavelengths}"));
            terminal.Out.WriteLine(path);
            return ExitCode.Done;
        }, cancel));
        return command;
    }

    /// <summary>A number as it was given; what is none has an error of its own.</summary>
    private static double? NumberOf(OptionResult? given) =>
        given is { Tokens: [var token] } && double.TryParse(token.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;
}
