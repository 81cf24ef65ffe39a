namespace ImageAnalysis.Cli;

/// <summary>Work on single files, which Ctrl-C ends at once: nothing of it is half written, since results are put in place as whole files.</summary>
internal static class Interruptible
{
    /// <summary>Runs the work beside the wait for Ctrl-C. The program ends with whichever comes first.</summary>
    /// <param name="work">The work; gives the exit code.</param>
    /// <param name="cancel">Ctrl-C.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="OperationCanceledException">Ctrl-C came first.</exception>
    public static Task<int> Run(Func<int> work, CancellationToken cancel) => Task.Run(work, CancellationToken.None).WaitAsync(cancel);
}
