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
//   … -- --turns
//       for benchmarks/compare.sh, which asks this program, FFTW and OpenCV in turns on standard input (QuickRun.TakeTurns).
//   dotnet run -c Release --project benchmarks/ImageAnalysis.Benchmarks -- --powder-accuracy [pulls [DRAWS]] [unseen [SEEDS]]
//       no times: how far fits of simulated powder patterns are from the truth (docs/methods/occupancy-fit.md). Three minutes.
//   dotnet run -c Release --project benchmarks/ImageAnalysis.Benchmarks -- --paper-figure models docs/images
//       no times either: the pictures and numbers of docs/methods/paper-figure-4.md.
//
// It also makes the pictures of the documentation about HRTEM images, which are simulated, and, with reference images of another program (IMA_REFERENCE_DATA), those of the comparison:
//
//   dotnet run -c Release --project benchmarks/ImageAnalysis.Benchmarks -- --hrtem-pictures docs/images
//
//   dotnet run -c Release --project benchmarks/ImageAnalysis.Benchmarks -- --calibrate-superlattice IMAGES [FIRST] [PLOT.svg]
//       no time, but how often the superlattice test calls order where there is none, on so many drawn images of nine crystals and of support, and how far spacings and directions are off over
//       their stated uncertainties (docs/methods/superlattice-test-calibration.md). Half a CPU second an image.
//   dotnet run -c Release --project benchmarks/ImageAnalysis.Benchmarks -- --pulls IMAGES [FIRST]
//       the last alone, by size, transfer, kind of fringe and signal.
//   dotnet run -c Release --project benchmarks/ImageAnalysis.Benchmarks -- --cover-intervals FOLDERS [FIRST]
//       no time, but how often the 95 % interval of a percentage holds the truth, over drawn folders of 30 crystals that are ordered by chance (docs/methods/validation.md). A CPU second a folder.
//
// What it does not measure: the first call of a program (compilation, plan making), disks, several threads at once, memory that other
// programs compete for, and whether a result is right (the tests do). Times from different machines or different days are not comparable;
// ratios from one run of compare.sh are.
if (args is ["--quick", .. string[] wanted])
{
    QuickRun.Print(wanted);
    return 0;
}

if (args is ["--turns"])
{
    QuickRun.TakeTurns();
    return 0;
}

if (args is ["--powder-accuracy", .. string[] tables])
{
    PowderAccuracy.Print(tables);
    return 0;
}

if (args is ["--paper-figure", string models, string figures])
{
    PaperFigure.Write(models, figures);
    return 0;
}

if (args is ["--hrtem-pictures", string pictures])
{
    HrtemPictures.Write(pictures, Environment.GetEnvironmentVariable("IMA_REFERENCE_DATA"));
    return 0;
}

if (args is ["--pulls", string pullImages, .. string[] pullRest])
{
    SuperlatticeCalibration.PrintPulls(int.Parse(pullImages, CultureInfo.InvariantCulture), pullRest.Length > 0 ? ulong.Parse(pullRest[0], CultureInfo.InvariantCulture) : 1);
    return 0;
}

if (args is ["--calibrate-superlattice", string images, .. string[] rest])
{
    SuperlatticeCalibration.Print(int.Parse(images, CultureInfo.InvariantCulture), rest);
    return 0;
}

if (args is ["--cover-intervals", string folders, .. string[] start])
{
    IntervalCoverage.Print(int.Parse(folders, CultureInfo.InvariantCulture), start.Length > 0 ? int.Parse(start[0], CultureInfo.InvariantCulture) : 1);
    return 0;
}

BenchmarkSwitcher.FromAssembly(typeof(QuickRun).Assembly).Run(args);
return 0;
