using System.Runtime.InteropServices;

namespace ImageAnalysis.Benchmarks;

/// <summary>The CPU time of the thread that asks: what other programs and the compiler in the background take is not in it.</summary>
internal static partial class ThreadTime
{
    private const int ThreadClock = 3; // CLOCK_THREAD_CPUTIME_ID of Linux

    /// <summary>CPU time in ms since some beginning. On other systems than Linux that of the whole program, which ticks in coarse steps.</summary>
    internal static double Ms
    {
        get
        {
            if (!OperatingSystem.IsLinux())
            {
                return Environment.CpuUsage.TotalTime.TotalMilliseconds;
            }

            Time time;
            unsafe
            {
                _ = GetTime(ThreadClock, &time);
            }

            return (time.WholeSeconds * 1e3) + (time.Nanoseconds * 1e-6);
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int GetTime(int clock, Time* time);

    private struct Time
    {
        public nint WholeSeconds;
        public nint Nanoseconds;
    }
}
