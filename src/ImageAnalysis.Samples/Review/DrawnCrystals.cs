using ImageAnalysis.Imaging;
using ImageAnalysis.Lattice;

namespace ImageAnalysis.Samples;

/// <summary>Measures the fringes of a region that a person has drawn: the engine sees the region with its surroundings, and of the crystals there the one that lies in the region is taken.</summary>
internal static class DrawnCrystals
{
    private const int SmallestSidePx = 16;

    /// <summary>Side of what the engine sees against the region's, and at least: it needs support about the crystal to know its background.</summary>
    private const double Surroundings = 3;

    private const int SmallestViewPx = 512;

    public static CrystalMeasurement Measure(Micrograph image, ParticleKey drawn, PipelineOptions options)
    {
        int width = image.Pixels.WidthPx, height = image.Pixels.HeightPx;
        if (!(drawn.X0Px >= -1 && drawn.Y0Px >= -1 && drawn.X1Px <= width + 1 && drawn.Y1Px <= height + 1 && drawn.ShortSidePx >= SmallestSidePx))
        {
            throw new InputException($"What was drawn lies outside the image, or a side of it is shorter than {SmallestSidePx} px.");
        }

        (int x0, int x1) = Range(drawn.X0Px, drawn.X1Px, width);
        (int y0, int y1) = Range(drawn.Y0Px, drawn.Y1Px, height);
        float[] pixels = new float[(x1 - x0) * (y1 - y0)];
        for (int y = y0; y < y1; y++)
        {
            image.Pixels.Row(y)[x0..x1].CopyTo(pixels.AsSpan((y - y0) * (x1 - x0)));
        }

        Micrograph view = image with { Pixels = new Raster<float>(x1 - x0, y1 - y0, pixels) };
        CrystalMeasurement? best = FringeAnalyser.Analyse(view, options.Fringes).Crystals.Select(crystal => Moved(crystal, x0, y0))
            .Where(crystal => crystal.XPx >= drawn.X0Px && crystal.XPx < drawn.X1Px && crystal.YPx >= drawn.Y0Px && crystal.YPx < drawn.Y1Px)
            .MaxBy(crystal => Overlap(crystal, drawn));
        return best ?? throw new InputException("The engine finds no crystal with fringes in the region that was drawn. Nothing was changed.");
    }

    private static (int From, int To) Range(double low, double high, int length)
    {
        double side = Math.Max(Surroundings * (high - low), SmallestViewPx), middle = (low + high) / 2;
        int from = Math.Max(0, (int)Math.Floor(middle - (side / 2))), to = Math.Min(length, (int)Math.Ceiling(middle + (side / 2)));
        return (from, to);
    }

    private static CrystalMeasurement Moved(CrystalMeasurement crystal, int x, int y) => crystal with
    {
        XPx = crystal.XPx + x,
        YPx = crystal.YPx + y,
        X0Px = crystal.X0Px + x,
        X1Px = crystal.X1Px + x,
        Y0Px = crystal.Y0Px + y,
        Y1Px = crystal.Y1Px + y,
        OutlinePx = [.. crystal.OutlinePx.Select(point => new PointPx(point.XPx + x, point.YPx + y))],
    };

    private static double Overlap(CrystalMeasurement crystal, ParticleKey drawn) =>
        drawn.OverlapFraction(drawn with { X0Px = crystal.X0Px, Y0Px = crystal.Y0Px, X1Px = crystal.X1Px, Y1Px = crystal.Y1Px });
}
