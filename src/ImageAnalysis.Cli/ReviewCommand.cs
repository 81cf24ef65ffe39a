using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using ImageAnalysis.Report;
using ImageAnalysis.Review;
using ImageAnalysis.Samples;

namespace ImageAnalysis.Cli;

/// <summary><c>ima review</c>: a person confirms or overrules results in the browser.</summary>
internal static class ReviewCommand
{
    private const string About = "Look at flagged particles in the browser, and confirm or overrule them.";

    private const string More = """
        Prints an address; open it in a browser on this computer (--open does so).
        Everything is done by single keys; the key ? shows them. The address has a
        secret part: who does not know it can neither see nor change anything.

        Each decision is on the disk as soon as the page shows the next particle, so
        closing the terminal or the browser loses nothing. Decisions are added to
        results.sqlite with reviewer and time; machine results stay as they are.
        Ctrl-C ends the review and writes tables and report anew.

        Decisions move between computers as JSON Lines:
          ima review results --export decisions.jsonl
          ima review other-results --import decisions.jsonl
        They belong to the bytes of an image and a place in it, and so survive a new
        run with other options; where the particle has changed, they are marked stale.

        A second reviewer gives another name and works blind; the page Agreement then
        shows Cohen's kappa and the differences to settle.

        Examples:
          ima review results --open
          ima review results --port 8080 --reviewer AK

        Exit codes:
          0 ended by Ctrl-C, exported or imported   2 bug   64 wrong usage
        """;

    /// <summary>Makes the command.</summary>
    public static Command Make(Terminal terminal)
    {
        Argument<string> results = new("RESULTS") { Description = "Results folder of an earlier ima run." };
        Option<bool> open = new("--open") { Description = "Start the browser." };
        Option<int> port = new("--port") { Description = "Port to listen at; default: a free one.", HelpName = "N" };
        Option<string?> reviewer = new("--reviewer") { Description = "Name that decisions are made under; it can be changed in the page. Default: the name of the user.", HelpName = "NAME" };
        Option<IPAddress?> address = new("--address")
        {
            Description = "Address of this computer to listen at; default 127.0.0.1, which no other computer can reach.",
            HelpName = "IP",
            CustomParser = ParseAddress,
        };
        Option<bool> expose = new("--expose-to-network")
        {
            Description = "Allow an --address that other computers can reach. The connection is not encrypted: whoever reads the network sees the images, and with the token decides in your name.",
        };
        Option<string?> export = new("--export") { Description = "Write all decisions to a file and do nothing else; - is standard output.", HelpName = "FILE" };
        Option<string?> import = new("--import") { Description = "Add the decisions of a file and do nothing else; those that are there already are passed over.", HelpName = "FILE" };
        TaughtCommand command = new("review", About, More) { results.Named(), open, port, reviewer, address, expose, export.Named(), import.Named() };
        command.Validators.Add(parsed =>
        {
            if (parsed.GetResult(export) is not null && parsed.GetResult(import) is not null)
            {
                parsed.AddError("--export and --import: found both; expected one of them.");
            }
        });
        command.SetAction(async (parsed, cancel) =>
        {
            string folder = parsed.GetValue(results)!;
            if (parsed.GetValue(export) is string to)
            {
                return Export(folder, to, terminal);
            }

            if (parsed.GetValue(import) is string from)
            {
                return Import(folder, from, terminal);
            }

            ReviewServerOptions options = new()
            {
                Address = parsed.GetValue(address) ?? IPAddress.Loopback,
                Port = parsed.GetValue(port),
                Reviewer = parsed.GetValue(reviewer) ?? DefaultName(),
                ExposeToNetwork = parsed.GetValue(expose),
                OnFinished = ReportFile.Write,
                OnBug = e => terminal.Err.WriteLine($"ima: this is a bug in the program; please report it with the lines below.\n{e}"),
            };
            options.Validate();
            return await ServeAsync(folder, options, parsed.GetValue(open), terminal, cancel).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<int> ServeAsync(string folder, ReviewServerOptions options, bool open, Terminal terminal, CancellationToken cancel)
    {
        using ReviewedResults results = ReviewedResults.Open(folder);
        int made;
        await using (ReviewServer server = await ReviewServer.StartAsync(results, options, cancel).ConfigureAwait(false))
        {
            terminal.Out.WriteLine(server.Address);
            await terminal.Out.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            terminal.Err.WriteLine("Open this address in a browser on this computer. Ctrl-C ends the review.");
            if (open)
            {
                Browse(server.Address, terminal);
            }

            try
            {
                await Task.Delay(Timeout.Infinite, cancel).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // Ctrl-C is the way to end.
            }

            made = server.DecisionCount;
        }

        if (made > 0)
        {
            results.WriteTables(ReportFile.Write);
            terminal.Err.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{made} {(made == 1 ? "decision" : "decisions")}; tables and report are written anew."));
        }

        return ExitCode.Done;
    }

    private static int Export(string folder, string file, Terminal terminal)
    {
        ResultsFolder.Check(folder, mustExist: true);
        IReadOnlyList<Decision> decisions = DecisionLog.ReadFrom(Path.Combine(folder, "results.sqlite"));
        StringBuilder lines = new();
        foreach (Decision decision in decisions)
        {
            lines.Append(DecisionJson.Write(decision)).Append('\n');
        }

        if (file == "-")
        {
            terminal.Out.Write(lines.ToString());
            return ExitCode.Done;
        }

        File.WriteAllText(file, lines.ToString());
        terminal.Err.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{decisions.Count} records written to {file}."));
        return ExitCode.Done;
    }

    private static int Import(string folder, string file, Terminal terminal)
    {
        IReadOnlyList<Decision> decisions;
        try
        {
            using StreamReader text = new(file, new UTF8Encoding(false, throwOnInvalidBytes: true));
            decisions = DecisionJson.ReadAll(text, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            throw new InputException($"{file}: cannot be read: {e.Message}", e);
        }

        using ReviewedResults results = ReviewedResults.Open(folder);
        int added = results.Log.Append(decisions);
        HashSet<string> here = [.. results.Files.Select(one => one.Sha256).OfType<string>()];
        int elsewhere = decisions.Count(decision => !here.Contains(decision.Particle.Sha256));
        terminal.Err.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{added} of {decisions.Count} records added; {decisions.Count - added} were there already."));
        if (elsewhere > 0)
        {
            terminal.Err.WriteLine(string.Create(CultureInfo.InvariantCulture, $"note: {elsewhere} are about images that are not among these results; they are kept and change nothing."));
        }

        ReviewBook book = results.Book();
        int stale = book.Items.Count(item => book.StateOf(item).Standing == ReviewStanding.Stale);
        if (stale + book.Lost.Count > 0)
        {
            terminal.Err.WriteLine(string.Create(CultureInfo.InvariantCulture, $"note: {stale} particles have changed since, {book.Lost.Count} records are of particles that are not found any more; look at them with: ima review \"{folder}\""));
        }

        results.WriteTables(ReportFile.Write);
        return ExitCode.Done;
    }

    private static void Browse(Uri address, Terminal terminal)
    {
        try
        {
            // The system's own way to open an address; nothing of it passes through a shell.
            ProcessStartInfo start = OperatingSystem.IsWindows() ? new ProcessStartInfo(address.ToString()) { UseShellExecute = true }
                : new ProcessStartInfo(OperatingSystem.IsMacOS() ? "open" : "xdg-open", [address.ToString()]) { RedirectStandardOutput = true, RedirectStandardError = true };
            using Process? browser = Process.Start(start);
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException or FileNotFoundException)
        {
            terminal.Err.WriteLine("note: no browser could be started; open the address by hand.");
        }
    }

    private static string DefaultName()
    {
        string name = new([.. Environment.UserName.Trim().Where(letter => !char.IsControl(letter)).Take(60)]);
        return name.Length == 0 ? "reviewer" : name;
    }

    private static IPAddress? ParseAddress(ArgumentResult given)
    {
        string text = given.Tokens.Count == 1 ? given.Tokens[0].Value : string.Empty;
        if (IPAddress.TryParse(text == "localhost" ? "127.0.0.1" : text, out IPAddress? address))
        {
            return address;
        }

        given.AddError($"--address: found \"{text}\"; expected an address such as 127.0.0.1.");
        return null;
    }
}
