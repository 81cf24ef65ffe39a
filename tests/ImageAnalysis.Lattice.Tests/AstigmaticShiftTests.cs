using ImageAnalysis.Simulation;

namespace ImageAnalysis.Lattice.Tests;

/// <summary>Astigmatism turns the gradient of the transfer away from g, so that spots move across g too, and directions of fringes with them.</summary>
public sealed class AstigmaticShiftTests
{
    private const double DiameterNm = 3;

    private static readonly ObjectiveLens Lens = new() { DefocusNm = -75, SphericalAberrationMm = 0.7, TwofoldAstigmatismNm = 18, TwofoldAstigmatismDeg = 25 };

    /// <summary>
    /// The maxima of Gaussian spots under the true transfer, found on a grid, against what is said of them from the rings of an image of the film: {111} and a little beyond in all directions.
    /// </summary>
    [Fact]
    public void Shift_OfTheRingsTransfer_IsThatOfTheTrueLens()
    {
        DrawnHrtem film = DrawnHrtemSimulator.Draw([], new DrawnHrtemOptions { WidthPx = 768, HeightPx = 768, PixelWidthNm = 0.025, PixelHeightNm = 0.025, Lens = Lens, Detector = new HrtemDetectorOptions { DosePerAngstrom2 = 5000 } }, 12);
        TransferEstimate transfer = TransferEstimator.Estimate(film.ToMicrograph("film"), new TransferOptions());
        List<(double True, double Found)> along = [], across = [];
        foreach (double g in (double[])[2.96, 3.5])
        {
            for (int deg = 0; deg < 180; deg += 10)
            {
                // Beside a zero spots have two maxima; which is the crystal's nobody can say.
                (double sin, double cos) = Math.SinCos(deg * Math.PI / 180);
                if (Math.Abs(Transfer(g * cos, g * sin)) < 0.35)
                {
                    continue;
                }

                (double x, double y) = Maximum(g * cos, g * sin);
                double length = Math.Sqrt((x * x) + (y * y)), dx = x - (g * cos), dy = y - (g * sin);
                SpotShift said = transfer.SpotShiftAt(x, y, 0.5 / DiameterNm, 0.766 / DiameterNm)!.Value;
                along.Add((((dx * x) + (dy * y)) / length, said.AlongPerNm));
                across.Add((((dy * x) - (dx * y)) / length, said.AcrossPerNm));
            }
        }

        // More than half of the shift is taken off, along g and across it.
        Assert.InRange(across.Count, 10, 36);
        Assert.True(Width(along, static item => item.True - item.Found) < 0.5 * Width(along, static item => item.True), Text(along));
        Assert.True(Width(across, static item => item.True - item.Found) < 0.5 * Width(across, static item => item.True), Text(across));

        static string Text(List<(double True, double Found)> items) => string.Join("; ", items.Select(static item => FormattableString.Invariant($"{item.True:F4} {item.Found:F4}")));
        static double Width(List<(double True, double Found)> items, Func<(double True, double Found), double> of) => Math.Sqrt(items.Average(item => of(item) * of(item)));
    }

    // y points down in spectra; the lens's directions are counter-clockwise as one sees the image.
    private static double Transfer(double gx, double gy) => Lens.ContrastTransferRatio(Math.Sqrt((gx * gx) + (gy * gy)), Math.Atan2(-gy, gx) * 180 / Math.PI, 200);

    // Greatest |∫ T exp(−(g′ − g₀)²/2s²) exp(−(g − g′)²/2w²) dg′| over g, on a grid of 1/400 of s.
    private static (double X, double Y) Maximum(double gx, double gy)
    {
        double s = 0.5 / DiameterNm, w = 0.766 / DiameterNm, best = 0, x = gx, y = gy;
        for (double step = 0.3 * s; step > s / 400; step *= 0.5)
        {
            (double startX, double startY) = (x, y);
            for (int j = -2; j <= 2; j++)
            {
                for (int i = -2; i <= 2; i++)
                {
                    double value = Math.Abs(Spot(startX + (i * step), startY + (j * step)));
                    (best, x, y) = value > best ? (value, startX + (i * step), startY + (j * step)) : (best, x, y);
                }
            }
        }

        return (x, y);

        double Spot(double atX, double atY)
        {
            const int N = 24;
            double sum = 0, reach = 3.5 * s;
            for (int j = -N; j <= N; j++)
            {
                for (int i = -N; i <= N; i++)
                {
                    double dx = reach * i / N, dy = reach * j / N, fromX = atX - gx - dx, fromY = atY - gy - dy;
                    sum += Transfer(gx + dx, gy + dy) * Math.Exp((-0.5 * ((dx * dx) + (dy * dy)) / (s * s)) - (0.5 * ((fromX * fromX) + (fromY * fromY)) / (w * w)));
                }
            }

            return sum;
        }
    }
}
