namespace ImageAnalysis.Lattice;

/// <summary>Finds the maximum of |S(g)|² near a place, below the bin.</summary>
internal static class SpotRefiner
{
    /// <summary>Climbs to the maximum by Newton's steps on ln|S|²; never farther than a width of the window's transform.</summary>
    public static (double Gx, double Gy, double Power) Climb(CrystalWindow window, double gx, double gy, double mostRatio = 1.2)
    {
        double hx = 0.3 / window.WidthNm, hy = 0.3 / window.HeightNm, startX = gx, startY = gy;
        double centre = window.PowerAt(gx, gy);
        for (int turn = 0; turn < 6; turn++)
        {
            double c = Math.Log(Math.Max(centre, 1e-30));
            double right = Log(window, gx + hx, gy), left = Log(window, gx - hx, gy), down = Log(window, gx, gy + hy), up = Log(window, gx, gy - hy);
            double fx = 0.5 * (right - left), fy = 0.5 * (down - up), fxx = right + left - (2 * c), fyy = down + up - (2 * c);
            double fxy = 0.25 * (Log(window, gx + hx, gy + hy) + Log(window, gx - hx, gy - hy) - Log(window, gx + hx, gy - hy) - Log(window, gx - hx, gy + hy));
            double det = (fxx * fyy) - (fxy * fxy);
            bool isHill = fxx < 0 && det > 0;
            double dx = isHill ? ((fxy * fy) - (fyy * fx)) / det : Math.Sign(fx), dy = isHill ? ((fxy * fx) - (fxx * fy)) / det : Math.Sign(fy);
            double nextX = gx + (hx * Math.Clamp(dx, -1.5, 1.5)), nextY = gy + (hy * Math.Clamp(dy, -1.5, 1.5));
            double farX = (nextX - startX) * window.WidthNm, farY = (nextY - startY) * window.HeightNm;
            if ((farX * farX) + (farY * farY) > mostRatio * mostRatio)
            {
                break;
            }

            double next = window.PowerAt(nextX, nextY);
            if (next < centre)
            {
                break;
            }

            bool settled = Math.Abs(nextX - gx) < 1e-4 * hx && Math.Abs(nextY - gy) < 1e-4 * hy;
            (gx, gy, centre) = (nextX, nextY, next);
            if (settled)
            {
                break;
            }
        }

        return (gx, gy, centre);
    }

    private static double Log(CrystalWindow window, double gx, double gy) => Math.Log(Math.Max(window.PowerAt(gx, gy), 1e-30));
}
