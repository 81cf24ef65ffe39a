using Spectre.Console;

namespace ImageAnalysis.Cli;

/// <summary>
/// Where a command writes: results to <see cref="Out"/>, progress and messages to <see cref="Err"/>. Output that goes to a file or a pipe has no
/// colours and a fixed width of 80 columns.
/// </summary>
internal sealed class Terminal
{
    public const int FixedWidth = 80;

    public Terminal(TextWriter output, TextWriter error, bool outputIsTerminal, bool errorIsTerminal)
    {
        Out = output;
        Err = error;
        OutConsole = Console(output, outputIsTerminal);
        ErrConsole = Console(error, errorIsTerminal);
        ErrIsTerminal = errorIsTerminal;
    }

    public TextWriter Out { get; }

    public TextWriter Err { get; }

    public IAnsiConsole OutConsole { get; }

    public IAnsiConsole ErrConsole { get; }

    public bool ErrIsTerminal { get; }

    private static IAnsiConsole Console(TextWriter writer, bool isTerminal)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!isTerminal)
        {
            console.Profile.Width = FixedWidth;
            console.Profile.Capabilities.Ansi = false;
            console.Profile.Capabilities.Unicode = true;
        }

        return console;
    }
}
