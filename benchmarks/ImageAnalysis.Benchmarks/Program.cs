using System.Globalization;
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
//   dotnet run -c Release --project benchmarks/ImageAnalysis.Benchmarks -- --calibrate-superlattice IMAGES [FIRST] [PLOT.svg]
//       no time, but how often the superlattice test calls order where there is none, on so many drawn images of nine crystals and of support, and how far spacings and directions are off over
//       their stated uncertainties (docs/methods/superlattice-test-calibration.md). Half a CPU second an image.
//
// What it does not measure: the first call of a program (compilation, plan making), disks, several threads at once, memory that other
// programs compete for, and whether a result is right (the tests do). Times from different machines or different days are not comparable;
// ratios from one run of compare.sh are.
if (args is ["--quick", .. string[] wanted])
{
    QuickRun.Print(wanted);
    return 0;
}

if (args is ["--calibrate-superlattice", string images, .. string[] rest])
{
    SuperlatticeCalibration.Print(int.Parse(images, CultureInfo.InvariantCulture), rest);
    return 0;
}

BenchmarkSwitcher.FromAssembly(typeof(QuickRun).Assembly).Run(args);
return 0;
