namespace ImageAnalysis.Cli;

/// <summary>The exit codes of every command.</summary>
internal static class ExitCode
{
    /// <summary>All was done and measured.</summary>
    public const int Done = 0;

    /// <summary>A bug in the program.</summary>
    public const int Bug = 2;

    /// <summary>Some files are bad or hold nothing to measure.</summary>
    public const int SomeFilesBad = 3;

    /// <summary>The command line, the sheet, the options or a folder cannot be used as given.</summary>
    public const int WrongUsage = 64;

    /// <summary>Stopped by the user (Ctrl-C).</summary>
    public const int Interrupted = 130;
}
