using System.Globalization;

namespace ImageAnalysis.Benchmarks;

/// <summary>An operation to be timed by <c>--quick</c>.</summary>
/// <param name="Name">Lower-case words with points, such as <c>fft.real.forward.512</c>; a yardstick prints the same name.</param>
/// <param name="Prepare">Makes the inputs and returns the operation; called only if the operation is asked for.</param>
public sealed record QuickCase(string Name, Func<Action> Prepare);

/// <summary>The median CPU time of each operation, as plain lines.</summary>
public static class QuickRun
{
    private const double BatchMs = 20;
    private const double WarmUpMs = 300;
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
                Console.WriteLine(list ? name : string.Create(CultureInfo.InvariantCulture, $"{name}\t{MedianCpuMs(quickCase.Prepare()):G5}"));
            }
        }
    }

    // Calls are timed in batches of at least 20 ms of CPU time, since the clock of a process ticks in steps. The warm-up lasts until the
    // compiler has made its final code: methods are compiled anew after 30 calls, in the background, after a pause of 100 ms.
    private static double MedianCpuMs(Action operation)
    {
        long started = Environment.TickCount64;
        int calls = 0;
        double cpuStarted = CpuMs();
        while (calls < 40 || Environment.TickCount64 - started < WarmUpMs)
        {
            operation();
            calls++;
            if (calls >= 3 && CpuMs() - cpuStarted > 20 * WarmUpMs)
            {
                break;
            }
        }

        Thread.Sleep(250);
        cpuStarted = CpuMs();
        int batchCalls = 0;
        while (batchCalls == 0 || CpuMs() - cpuStarted < BatchMs)
        {
            operation();
            batchCalls++;
        }

        double[] callMs = new double[BatchCount];
        for (int batch = 0; batch < callMs.Length; batch++)
        {
            double before = CpuMs();
            for (int call = 0; call < batchCalls; call++)
            {
                operation();
            }

            callMs[batch] = (CpuMs() - before) / batchCalls;
        }

        Array.Sort(callMs);
        return callMs[callMs.Length / 2];
    }

    private static double CpuMs() => Environment.CpuUsage.TotalTime.TotalMilliseconds;
}
