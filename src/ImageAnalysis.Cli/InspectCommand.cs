using System.CommandLine;
using System.Globalization;
using ImageAnalysis.Formats;
using ImageAnalysis.Samples;
using Spectre.Console;

namespace ImageAnalysis.Cli;

/// <summary><c>ima inspect</c>: says what is in files.</summary>
internal static class InspectCommand
{
    private const string About = "Show what is in microscope and powder files: format, images, pixel sizes and where they come from, patterns, values.";

    private const string More = """
        Lengths are in nm, values in counts as stored; for a stack, smallest, largest
        and sum are taken over all frames, the corners from the first. Of a powder
        pattern, 2θ is in degrees and the wavelength in Å. A file that cannot be read
        is listed with its error; the others are shown all the same.
        --json writes an array with everything, the file's own tags among it.

        Examples:
          ima inspect image.dm3
          ima inspect 2nm/haadf/*.tif
          ima inspect 2nm/pxrd/pattern.xrdml
          ima inspect image.dm3 --json > image.json

        Exit codes:
          0 all read   3 some files bad   2 bug   64 wrong usage
        """;

    /// <summary>Makes the command.</summary>
    public static Command Make(Terminal terminal)
    {
        Argument<string[]> files = new("FILE") { Description = "Images (DM3, DM4, TIFF, PNG) and powder patterns (RAS, XRDML, Bruker RAW, XY …).", Arity = ArgumentArity.OneOrMore };
        Option<bool> json = new("--json") { Description = "Write JSON instead of text." };
        TaughtCommand command = new("inspect", About, More) { files, json };
        command.SetAction(parsed =>
        {
            FileInspection[] found = [.. parsed.GetValue(files)!.Select(FileInspection.Of)];
            if (parsed.GetValue(json))
            {
                terminal.Out.Write(InspectJson.Write(found));
            }
            else
            {
                foreach (FileInspection file in found)
                {
                    Show(terminal, file);
                }
            }

            foreach (FileInspection bad in found.Where(file => file.Error is not null))
            {
                terminal.Err.WriteLine($"{bad.Path}: {bad.Error}");
            }

            return found.Any(file => file.Error is not null) ? ExitCode.SomeFilesBad : ExitCode.Done;
        });
        return command;
    }

    private static void Show(Terminal terminal, FileInspection file)
    {
        terminal.Out.WriteLine(file.Path);
        Grid grid = new();
        grid.AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(2, 0, 2, 0) }).AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0) });
        if (file.Description is FileDescription description)
        {
            Row(grid, "format", $"{description.Format}, {description.Kind}");
            for (int i = 0; i < description.Signals.Count; i++)
            {
                ShowSignal(grid, description.Signals[i], description.Signals.Count == 1 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $" {i + 1}"));
            }

            Row(grid, "measurable", description.Measurable ? "yes" : $"no: {description.Reason}");
        }
        else
        {
            Row(grid, "format", file.Format ?? "unknown");
            Row(grid, "error", file.Error!);
        }

        terminal.OutConsole.Write(grid);
        terminal.Out.WriteLine();
    }

    private static void ShowSignal(Grid grid, SignalDescription signal, string number)
    {
        if (signal.Powder is PowderDescription powder)
        {
            ShowPowder(grid, powder, signal, number);
            return;
        }

        string frames = signal.Frames == 1 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"{signal.Frames} frames of ");
        Row(grid, "image" + number, string.Create(CultureInfo.InvariantCulture, $"{frames}{signal.WidthPx} × {signal.HeightPx} px, {signal.Type}"));
        Row(grid, "pixel" + number, signal.PixelWidthNm is null
            ? $"not known in nm (unit in the file: {signal.UnitAsStored ?? "none"})"
            : string.Create(CultureInfo.InvariantCulture, $"{signal.PixelWidthNm:G8} × {signal.PixelHeightNm:G8} nm ({signal.CalibrationSource}; unit in the file: {signal.UnitAsStored ?? "none"})"));
        if (signal.MinCounts is not null)
        {
            Row(grid, "counts" + number, string.Create(CultureInfo.InvariantCulture, $"{signal.MinCounts:G8} … {signal.MaxCounts:G8}, sum {signal.SumCounts:G10}"));
        }

        if (signal.CornersCounts is { } corners)
        {
            Row(grid, "corners" + number, string.Join("  ", corners.Select(corner => corner?.ToString("G8", CultureInfo.InvariantCulture) ?? "none")));
        }

        if (signal.Mode is not null)
        {
            Row(grid, "mode" + number, signal.Mode);
        }
    }

    private static void ShowPowder(Grid grid, PowderDescription powder, SignalDescription signal, string number)
    {
        string step = powder.StepDeg is double even ? string.Create(CultureInfo.InvariantCulture, $"step {even:0.####}°") : "uneven steps";
        Row(grid, "pattern" + number, string.Create(
            CultureInfo.InvariantCulture,
            $"{powder.PointCount} points, 2θ {powder.TwoThetaMinDeg:0.####} … {powder.TwoThetaMaxDeg:0.####}°, {step}{(powder.Simulated ? ", simulated" : string.Empty)}"));
        string second = powder.Wavelength2Angstrom is double other ? string.Create(CultureInfo.InvariantCulture, $" and {other:0.######} Å") : string.Empty;
        string anode = powder.Anode is null ? string.Empty : $" ({powder.Anode})";
        Row(grid, "wavelength" + number, powder.WavelengthAngstrom is double first
            ? string.Create(CultureInfo.InvariantCulture, $"{first:0.######} Å{second}{anode}")
            : "not stated");
        Row(grid, "counts" + number, string.Create(
            CultureInfo.InvariantCulture,
            $"{signal.MinCounts:G8} … {signal.MaxCounts:G8}, sum {signal.SumCounts:G10}; {ScaleWords(powder)}"));
        if (powder.Title is not null)
        {
            Row(grid, "title" + number, powder.Title);
        }
    }

    private static string ScaleWords(PowderDescription powder) => (powder.HasSigma, powder.IntensityScale) switch
    {
        (true, _) => "standard deviations are given",
        (_, "counts") => "true counts",
        (_, "scaled-counts") => "counts on a known scale",
        _ => "their scale is not known",
    };

    private static void Row(Grid grid, string name, string value) => grid.AddRow(new Text(name), new Text(value));
}
