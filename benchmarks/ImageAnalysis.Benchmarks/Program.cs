using BenchmarkDotNet.Running;
using ImageAnalysis.Benchmarks;

// What this program measures: the time of single operations, one thread, warm (compiled code, plans made, buffers rented), on images made
// from a fixed seed. Two ways:
//
//   dotnet run -c Release --project benchmarks/ImageAnalysis.Benchmarks -- --filter '*Fft*'
//       BenchmarkDotNet's long runs: elapsed time with its spread, and bytes allocated per call.
//   dotnet run -c Release --project benchmarks/ImageAnalysis.Benchmarks -- --quick [--list] [PREFIX|=NAME…]
//       a line an operation, NAME <tab> MILLISECONDS: the median CPU time of a call; PREFIX chooses by the start of the name.
//       benchmarks/compare.sh sets these lines beside those of FFTW and OpenCV, run in turns with ours.
//
// It also makes the pictures of the documentation about HRTEM images, which are simulated, and, with reference images of another program (IMA_REFERENCE_DATA), those of the comparison:
//
//   dotnet run -c Release --project benchmarks/ImageAnalysis.Benchmarks -- --hrtem-pictures docs/images
//
// What it does not measure: the first call of a program (compilation, plan making), disks, several threads at once, memory that other
// programs compete for, and whether a result is right (the tests do). Times from different machines or different days are not comparable;
// ratios from one run of compare.sh are.
if (args is ["--quick", .. string[] wanted])
{
    QuickRun.Print(wanted);
    return 0;
}

if (args is ["--hrtem-pictures", string folder])
{
    HrtemPictures.Write(folder, Environment.GetEnvironmentVariable("IMA_REFERENCE_DATA"));
    return 0;
}

BenchmarkSwitcher.FromAssembly(typeof(QuickRun).Assembly).Run(args);
return 0;
