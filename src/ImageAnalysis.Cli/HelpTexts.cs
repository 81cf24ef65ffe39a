using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace ImageAnalysis.Cli;

/// <summary>A command with a text that follows its list of options: examples, units, what comes out.</summary>
internal sealed class TaughtCommand(string name, string description, string more) : Command(name, description)
{
    public string More { get; } = more;
}

/// <summary>Help at a fixed width with examples, and the version.</summary>
internal static class HelpTexts
{
    /// <summary>Gives the program's help and version options their texts.</summary>
    /// <param name="root">The program's root command.</param>
    /// <param name="more">What follows the root's list of commands.</param>
    public static void Attach(RootCommand root, string more)
    {
        foreach (Option option in root.Options)
        {
            if (option is HelpOption { Action: HelpAction standard } help)
            {
                standard.MaxWidth = Terminal.FixedWidth;
                help.Action = new TaughtHelp(standard, more);
            }
            else if (option is VersionOption version)
            {
                version.Action = new ShowVersion();
            }
        }
    }

    private sealed class TaughtHelp(HelpAction standard, string rootMore) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            // The library builds usage lines from the name of the running process, which is dotnet or a test runner as often as ima.
            StringWriter text = new();
            TextWriter output = parseResult.InvocationConfiguration.Output;
            parseResult.InvocationConfiguration.Output = text;
            int code = standard.Invoke(parseResult);
            parseResult.InvocationConfiguration.Output = output;
            string help = text.ToString().Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd()
                .Replace("Usage:\n  " + RootCommand.ExecutableName, "Usage:\n  ima", StringComparison.Ordinal);
            foreach (string line in help.Split('\n'))
            {
                output.WriteLine(line.TrimEnd());
            }

            output.WriteLine();
            output.WriteLine(parseResult.CommandResult.Command is TaughtCommand command ? command.More : rootMore);
            return code;
        }
    }

    private sealed class ShowVersion : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine("ima " + Ima.Version);
            return ExitCode.Done;
        }
    }
}
