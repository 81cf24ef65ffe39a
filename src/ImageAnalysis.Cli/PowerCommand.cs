using System.CommandLine;
using System.Globalization;
using ImageAnalysis.Core;
using ImageAnalysis.Samples;

namespace ImageAnalysis.Cli;

/// <summary><c>ima power</c>: would order be seen, and how many particles are needed.</summary>
internal static class PowerCommand
{
    private const string About = "Would order be seen in such a particle, and how many particles does a question need? By simulation.";

    private const string More = """
        Before an experiment, or after one that found no order: images of an ordered and
        of a regular particle of the given size are simulated many times, each at random
        in place, direction and noise, and analysed as ima run does. Out come
          - how often order is called: the sensitivity for such particles,
          - how often it is denied (called regular) or left undetermined,
          - how often a regular particle is falsely called,
        each with its exact 95 % interval, and from these how many particles are needed
        for an interval of the wanted width, and to tell two fractions apart (Fisher's
        exact test, 5 % level).

        Images are drawn: linear imaging without dynamic scattering, a fraction of a
        second each. --multislice computes them in full, some seconds each; ask for
        fewer --repeats there. The crystal is Cu2Se with vacancies in every second Cu
        layer along one <111>, which lies up to --tilt-deg out of the image plane.

        Things to try: a defocus where the transfer at g/2 is near zero; half the dose;
        a particle of 1.5 nm. What helps most is usually defocus.

        Examples:
          ima power --size-nm 2 --defocus-nm -45 --dose 2000
          ima power --size-nm 4 --defocus-nm -10 --repeats 400 --seed 7
          ima power --size-nm 2 --multislice --repeats 10
          ima power --size-nm 4 --fractions 0.1,0.8 --power 0.9 --width 0.2

        Exit codes:
          0 done   2 bug   64 wrong usage   130 interrupted
        """;

    /// <summary>Makes the command.</summary>
    public static Command Make(Terminal terminal)
    {
        PowerOptions d = new();
        Option<double> size = Of("--size-nm", "Diameter of the particle, nm", d.SizeNm);
        Option<double> defocus = Of("--defocus-nm", "Defocus, nm; underfocus is negative", d.DefocusNm);
        Option<double> dose = Of("--dose", "Dose, e/Å²", d.DosePerAngstrom2);
        Option<double> cs = Of("--cs-mm", "Spherical aberration, mm", d.SphericalAberrationMm);
        Option<double> voltage = Of("--voltage-kv", "Accelerating voltage, kV", d.VoltageKv);
        Option<double> pixel = Of("--pixel-nm", "Pixel size, nm", d.PixelNm);
        Option<double> carbon = Of("--carbon-nm", "Thickness of the carbon support, nm", d.SupportThicknessNm);
        Option<double> tilt = Of("--tilt-deg", "Largest tilt of the ordered planes, degree", d.LargestTiltDeg);
        Option<double> order = Of("--order", "Share of a depleted layer's Cu that is missing, 0 to 1", d.OrderFraction);
        Option<int> repeats = new("--repeats") { Description = "Images of each kind.", HelpName = "N", DefaultValueFactory = _ => d.RepeatCount };
        Option<int> seed = new("--seed") { Description = "Where the randomness comes from: same seed, same result.", HelpName = "N", DefaultValueFactory = _ => d.Seed };
        Option<bool> multislice = new("--multislice") { Description = "Compute the images in full instead of drawing them." };
        Option<double> width = Of("--width", "Wanted full width of the interval of a fraction, 0 to 1", 0.2);
        Option<(double First, double Second)> fractions = new("--fractions")
        {
            Description = "Two true fractions of ordered particles to be told apart; default 0,0.1.",
            HelpName = "A,B",
            DefaultValueFactory = _ => (0, 0.1),
            CustomParser = given =>
            {
                double[] parts = [.. (given.Tokens.Count == 1 ? given.Tokens[0].Value : string.Empty).Split(',').Select(part =>
                    double.TryParse(part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) && value is >= 0 and <= 1 ? value : double.NaN)];
                if (parts.Length != 2 || parts.Any(double.IsNaN) || parts[0] == parts[1])
                {
                    given.AddError("--fractions: expected two different fractions between 0 and 1, such as 0,0.1.");
                    return (0, 0.1);
                }

                return (parts[0], parts[1]);
            },
        };
        Option<double> power = Of("--power", "Wanted probability of telling them apart", 0.9);
        Option<int?> jobs = CommonOptions.Jobs("Images made at the same time; default: the number of cores. The results are the same for any number.");
        Option<bool> quiet = new("--quiet") { Description = "No progress." };
        TaughtCommand command = new("power", About, More) { size, defocus, dose, cs, voltage, pixel, carbon, tilt, order, repeats, seed, multislice, fractions, power, width, jobs, quiet };
        command.SetAction((parsed, cancel) =>
        {
            PowerOptions options = new()
            {
                SizeNm = parsed.GetValue(size),
                DefocusNm = parsed.GetValue(defocus),
                DosePerAngstrom2 = parsed.GetValue(dose),
                SphericalAberrationMm = parsed.GetValue(cs),
                VoltageKv = parsed.GetValue(voltage),
                PixelNm = parsed.GetValue(pixel),
                SupportThicknessNm = parsed.GetValue(carbon),
                LargestTiltDeg = parsed.GetValue(tilt),
                OrderFraction = parsed.GetValue(order),
                RepeatCount = parsed.GetValue(repeats),
                Seed = parsed.GetValue(seed),
                Multislice = parsed.GetValue(multislice),
            };
            OptionErrors.Check(
                () =>
                {
                    options.Validate();
                    Within(parsed.GetValue(width), 0.01, 0.99, "--width");
                    Within(parsed.GetValue(power), 0.05, 0.999, "--power");
                },
                (nameof(options.SizeNm), size), (nameof(options.DefocusNm), defocus), (nameof(options.DosePerAngstrom2), dose), (nameof(options.SphericalAberrationMm), cs), (nameof(options.VoltageKv), voltage),
                (nameof(options.PixelNm), pixel), (nameof(options.SupportThicknessNm), carbon), (nameof(options.LargestTiltDeg), tilt), (nameof(options.OrderFraction), order), (nameof(options.RepeatCount), repeats));

            Action<int, int>? progress = parsed.GetValue(quiet) ? null : ProgressLine.Tenths(terminal, "images");
            PowerResult result = PowerStudy.Run(options, parsed.GetValue(jobs) ?? Environment.ProcessorCount, progress, cancel);
            Write(terminal.Out, result, parsed.GetValue(fractions), parsed.GetValue(power), parsed.GetValue(width));
            return Task.FromResult(result.Interrupted ? ExitCode.Interrupted : ExitCode.Done);
        });
        return command;
    }

    private static void Write(TextWriter output, PowerResult result, (double First, double Second) fractions, double power, double width)
    {
        PowerOptions o = result.Options;
        output.WriteLine(Text($"Simulated by {(o.Multislice ? "multislice" : "drawing")}: Cu2Se of {o.SizeNm:0.##} nm, defocus {o.DefocusNm:0.#} nm, Cs {o.SphericalAberrationMm:0.##} mm, {o.VoltageKv:0} kV,"));
        output.WriteLine(Text($"{o.DosePerAngstrom2:0} e/Å², {o.SupportThicknessNm:0.#} nm of carbon, tilt up to {o.LargestTiltDeg:0.#}°, order {o.OrderFraction:0.##}, seed {o.Seed}"));
        output.WriteLine(Text($"Contrast transfer at {{111}} {result.FringeTransferRatio:0.00}, at its half order {result.HalfTransferRatio:0.00}"));
        if (!o.Multislice && o.SizeNm < 3)
        {
            foreach (string line in OrderText.Wrapped("Below 3 nm drawn images say too little of order (2 nm: 3 % of ordered crystals called, by multislice 75 %): --multislice is the better witness."))
            {
                output.WriteLine(line);
            }
        }

        output.WriteLine();
        TextTable table = new("% of particles (exact 95 % interval)", Text($"ordered, n = {result.OrderedCount}"), Text($"regular, n = {result.RegularCount}"));
        foreach (CrystalAnswer answer in Enum.GetValues<CrystalAnswer>())
        {
            table.Add(answer switch
            {
                CrystalAnswer.NoFringe => "found, but no {111}",
                CrystalAnswer.NotFound => "not found",
                _ => "called " + ValidationWords.Of(answer),
            }, Share(result.Ordered(answer)), Share(result.Regular(answer)));
        }

        table.Write(output);
        output.WriteLine();
        double? first = result.ShownFraction(fractions.First), second = result.ShownFraction(fractions.Second);
        if (first is not double a || second is not double b)
        {
            output.WriteLine("None of these particles would be in the percentage: no number of them answers anything.");
            return;
        }

        foreach (string line in OrderText.Wrapped(Text($"A sample with {100 * fractions.First:0.##} % ordered would show {100 * a:0.#} % in the mean, one with {100 * fractions.Second:0.##} % would show {100 * b:0.#} %.")))
        {
            output.WriteLine(line);
        }

        int? needed = a == b ? null : SampleSizes.PerSampleForFisher(Math.Min(a, b), Math.Max(a, b), power);
        output.WriteLine(needed is int n
            ? Text($"To tell them apart in {100 * power:0.#} % of cases: {n} particles of each.")
            : "They could not be told apart with up to 5000 particles of each.");
        foreach ((double fraction, double shown) in new[] { (fractions.First, a), (fractions.Second, b) })
        {
            output.WriteLine(SampleSizes.ForIntervalWidth(width, shown) is int count
                ? Text($"For an interval {100 * width:0.#} % wide about the {100 * shown:0.#} % shown: {count} particles in the percentage.")
                : Text($"No number of particles that can be computed gives an interval {100 * width:0.#} % wide about {100 * shown:0.#} %."));
        }
    }

    private static void Within(double value, double low, double high, string name)
    {
        if (!(value >= low && value <= high))
        {
            throw new ArgumentOutOfRangeException(name, value, Text($"{name}: found {value}; expected {low} to {high}."));
        }
    }

    private static Option<double> Of(string name, string description, double standard) => new(name)
    {
        Description = string.Create(CultureInfo.InvariantCulture, $"{description}."),
        HelpName = "X",
        DefaultValueFactory = _ => standard,
        CustomParser = Numbers.Parse,
    };

    private static string Share(FractionInterval? share) => share is null ? "-" : Text($"{100 * share.ValueFraction:0.0} ({100 * share.LowFraction:0.0}…{100 * share.HighFraction:0.0})");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
