using System.CommandLine;
using System.CommandLine.Parsing;
using ImageAnalysis.Samples;

namespace ImageAnalysis.Cli;

/// <summary>The program <c>ima</c>: its commands, and what becomes of an error.</summary>
internal static class Ima
{
    private const string About = """
        From microscope files to sizes and structure: reads the images of an instrument
        (DM3, DM4, TIFF, PNG), measures the particles of HAADF-STEM images, tests the
        lattice fringes of HRTEM images for a superlattice, and writes tables, pictures
        and a report for each sample. Fits the occupancies of a crystal's sites to
        powder diffraction patterns.
        """;

    private const string Examples = """
        Examples:
          ima run sample-images --out results     measure a folder of samples
          ima inspect image.dm3                   look at what is in a file
          ima pxrd fit pattern.xy                 occupancies from a powder pattern
          ima run --help                          more on a command

        Exit codes:
          0 all measured   3 some files bad   2 bug   64 wrong usage   130 interrupted
        """;

    /// <summary>The program's version with its commit.</summary>
    public static string Version { get; } = ProgramVersion.Of(typeof(Ima).Assembly);

    /// <summary>Runs a command line.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, Terminal terminal, CancellationToken cancel)
    {
        RootCommand root = new(About)
        {
            RunCommand.Make(terminal), InspectCommand.Make(terminal), ReportCommand.Make(terminal), ReviewCommand.Make(terminal), SimulateCommand.Make(terminal), ValidateCommand.Make(terminal), PowerCommand.Make(terminal),
            CalibrateCommand.Make(terminal), PxrdCommand.Make(terminal),
        };
        HelpTexts.Attach(root, Examples);
        ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            foreach (ParseError error in parsed.Errors)
            {
                terminal.Err.WriteLine(Printable.Line("ima: " + error.Message));
            }

            terminal.Err.WriteLine($"See: {CommandPath(parsed)} --help");
            return ExitCode.WrongUsage;
        }

        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration { Output = terminal.Out, Error = terminal.Err, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null },
                cancel).ConfigureAwait(false);
        }
        catch (InputException e)
        {
            terminal.Err.WriteLine(Printable.Lines("ima: " + e.Message));
            return ExitCode.WrongUsage;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The machine, not the program: for example a full disk behind the output.
            terminal.Err.WriteLine(Printable.Line("ima: reading or writing failed: " + e.Message));
            return ExitCode.WrongUsage;
        }
        catch (BadFileException e)
        {
            terminal.Err.WriteLine("ima: " + e.Message);
            return ExitCode.SomeFilesBad;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception e)
        {
            terminal.Err.WriteLine("ima: this is a bug in the program; please report it with the lines below.");
            terminal.Err.WriteLine(e.ToString());
            return ExitCode.Bug;
        }
    }

    private static string CommandPath(ParseResult parsed)
    {
        List<string> names = [];
        for (SymbolResult? at = parsed.CommandResult; at is not null; at = at.Parent)
        {
            if (at is CommandResult command)
            {
                names.Insert(0, command.Command is RootCommand ? "ima" : command.Command.Name);
            }
        }

        return string.Join(' ', names);
    }
}
