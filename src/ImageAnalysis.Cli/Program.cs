using System.Runtime.InteropServices;
using System.Text;
using ImageAnalysis.Cli;

try
{
    // Tables hold ± and ³; Windows' consoles need to be told.
    Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
}
catch (IOException)
{
    // There is no console: nothing to set.
}

using CancellationTokenSource cancel = new();
Terminal terminal = new(Console.Out, Console.Error, !Console.IsOutputRedirected, !Console.IsErrorRedirected);

// The first Ctrl-C lets the files in work come to their end, the second stops at once.
void Stop(PosixSignalContext signal)
{
    signal.Cancel = !cancel.IsCancellationRequested;
    if (!signal.Cancel && terminal.ErrIsTerminal)
    {
        // The progress bar hides the cursor; the process ends here without putting it back.
        terminal.Err.Write("\e[?25h");
    }

    if (signal.Cancel)
    {
        terminal.Err.WriteLine("Stopping after the files in work (again: at once).");
        cancel.Cancel();
    }
}

using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
return await Ima.RunAsync(args, terminal, cancel.Token).ConfigureAwait(false);
