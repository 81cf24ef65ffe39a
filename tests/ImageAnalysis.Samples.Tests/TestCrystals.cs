using ImageAnalysis.Formats.Png;
using ImageAnalysis.Imaging;
using ImageAnalysis.Lattice;
using ImageAnalysis.Tests;

namespace ImageAnalysis.Samples.Tests;

/// <summary>A stand-in for the analysis of fringes that is quick and depends on the pixels and one option alone.</summary>
internal static class TestCrystals
{
    /// <summary>A crystal of each verdict; the first pixel of the image (its seed) moves them, and an option turns them.</summary>
    public static FringeAnalysis Analyse(Micrograph image, PipelineOptions options)
    {
        double x = 50 + image.Pixels[0, 0], turn = options.Fringes.MinDiameterNm;
        return DrawnLattice.Analysis(
            image.Calibration is not null,
            new LatticeDisc(x, 60.25, 40, 30 + turn, Verdict.Superstructure),
            new LatticeDisc(x + 60, 60, 40, 75, Verdict.Regular),
            new LatticeDisc(x, 120, 30, 179.999, Verdict.Undetermined),
            new LatticeDisc(x + 60, 120, 44, 10, Verdict.NoFringe));
    }

    /// <summary>A drawn image as PNG with one ordered crystal, for the analysis itself.</summary>
    public static byte[] OrderedPng(int seed) => Png(seed, Verdict.Superstructure);

    /// <summary>The same crystal without its superlattice.</summary>
    public static byte[] RegularPng(int seed) => Png(seed, Verdict.Regular);

    private static byte[] Png(int seed, Verdict verdict) => PngWriter.Write(
        new Raster<ushort>(320, 320, DrawnLattice.Pixels(320, seed, new LatticeDisc(160, 150, 160, 35, verdict))),
        new Calibration(DrawnLattice.PixelNm, DrawnLattice.PixelNm, new CalibrationSource(CalibrationOrigin.Metadata, "test")));
}
