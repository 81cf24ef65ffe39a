using System.Globalization;

namespace ImageAnalysis.Benchmarks;

/// <summary>An operation to be timed by <c>--quick</c> and <c>--turns</c>.</summary>
/// <param name="Name">Lower-case words with points, such as <c>fft.real.forward.512</c>; a yardstick knows the same name.</param>
/// <param name="Prepare">Makes the inputs and returns the operation; called only if the operation is asked for.</param>
public sealed record QuickCase(string Name, Func<Action> Prepare);

/// <summary>The CPU time of each operation, as plain lines: all at once, or one measurement for each question on standard input.</summary>
public static class QuickRun
{
    private const double WarmUpMs = 300;
    private const int WarmUpCalls = 40;
    private const double BatchMs = 5;
    private const int BatchCount = 15;

    // A class of benchmarks adds its cases here.
    private static readonly IReadOnlyList<QuickCase> Cases =
    [
        .. MachineBenchmarks.QuickCases,
        .. FftBenchmarks.QuickCases,
        .. PrimitivesBenchmarks.QuickCases,
        .. PipelineBenchmarks.QuickCases,
        .. DebyeBenchmarks.QuickCases,
        .. HrtemBenchmarks.QuickCases,
        .. FringeBenchmarks.QuickCases,
        .. DrawnHrtemBenchmarks.QuickCases,
        .. PowderFitBenchmarks.QuickCases,
        .. ReviewBenchmarks.QuickCases,
    ];

    /// <summary>Prints a line for each case that is asked for: its name and the median CPU time of a call in ms.</summary>
    /// <param name="wanted">Starts of names, or whole names after <c>=</c>; none for all cases. After <c>--list</c> only names are printed.</param>
    public static void Print(IReadOnlyList<string> wanted)
    {
        bool list = wanted is ["--list", ..];
        wanted = list ? [.. wanted.Skip(1)] : wanted;
        foreach (QuickCase quickCase in Cases)
        {
            string name = quickCase.Name;
            if (wanted.Count == 0 || wanted.Any(start => start == "=" + name || name.StartsWith(start, StringComparison.Ordinal)))
            {
                Console.WriteLine(list ? name : string.Create(CultureInfo.InvariantCulture, $"{name}\t{MedianMs(quickCase.Prepare()):G5}"));
            }
        }
    }

    /// <summary>
    /// Answers lines on standard input, one line for each: <c>prepare NAME</c> makes the inputs, warms up and answers <c>ready</c>, or <c>unknown</c>;
    /// <c>time</c> answers the CPU time of a call in ms, over one short batch. So that others can be asked in between.
    /// </summary>
    public static void TakeTurns()
    {
        Action? operation = null;
        int calls = 1;
        while (Console.ReadLine() is { } line)
        {
            if (line.StartsWith("prepare ", StringComparison.Ordinal))
            {
                string name = line["prepare ".Length..];
                operation = Cases.FirstOrDefault(quickCase => quickCase.Name == name)?.Prepare();
                calls = operation is null ? 1 : WarmUp(operation);
                Console.WriteLine(operation is null ? "unknown" : "ready");
            }
            else if (line == "time" && operation is not null)
            {
                // The first call finds the caches as the program before left them; that matters to short calls.
                if (calls > 1)
                {
                    operation();
                }

                Console.WriteLine(BatchCallMs(operation, calls).ToString("G6", CultureInfo.InvariantCulture));
            }
            else
            {
                throw new FormatException($"'{line}' came on standard input; expected 'prepare NAME', then 'time'.");
            }
        }
    }

    private static double MedianMs(Action operation)
    {
        int calls = WarmUp(operation);
        double[] callMs = [.. Enumerable.Range(0, BatchCount).Select(_ => BatchCallMs(operation, calls))];
        Array.Sort(callMs);
        return callMs[callMs.Length / 2];
    }

    // Lasts until the compiler has made its final code: methods are compiled anew after 30 calls, in the background, after a pause of 100 ms.
    // Returns how many calls make a batch.
    private static int WarmUp(Action operation)
    {
        double started = ThreadTime.Ms;
        for (int calls = 0; calls < WarmUpCalls || ThreadTime.Ms - started < WarmUpMs; calls++)
        {
            operation();
            if (calls >= 3 && ThreadTime.Ms - started > 5 * WarmUpMs)
            {
                break;
            }
        }

        Thread.Sleep(200);
        operation();
        started = ThreadTime.Ms;
        int batchCalls = 0;
        while (batchCalls == 0 || ThreadTime.Ms - started < BatchMs)
        {
            operation();
            batchCalls++;
        }

        return batchCalls;
    }

    private static double BatchCallMs(Action operation, int calls)
    {
        double before = ThreadTime.Ms;
        for (int call = 0; call < calls; call++)
        {
            operation();
        }

        return (ThreadTime.Ms - before) / calls;
    }
}
