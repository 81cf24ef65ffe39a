namespace ImageAnalysis.Cli.Tests;

/// <summary>What the program wrote to stdout and stderr, and its exit code, when run in this process.</summary>
internal sealed record CapturedTerminal(int Code, string Out, string Err)
{
    public static CapturedTerminal Run(params string[] args) => Run(CancellationToken.None, args);

    public static CapturedTerminal Run(CancellationToken cancel, params string[] args)
    {
        using StringWriter output = new(), error = new();
        Terminal terminal = new(output, error, outputIsTerminal: false, errorIsTerminal: false);
        int code = Ima.RunAsync(args, terminal, cancel).GetAwaiter().GetResult();
        return new CapturedTerminal(code, output.ToString().ReplaceLineEndings("\n"), error.ToString().ReplaceLineEndings("\n"));
    }
}
