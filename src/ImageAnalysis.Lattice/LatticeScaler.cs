using MathNet.Numerics.LinearAlgebra;

namespace ImageAnalysis.Lattice;

/// <summary>Fits the lattice of a known crystal to measured fringes and gives the pixel size that it asks for, width and height apart.</summary>
/// <remarks>
/// A crystal's spot (X, Y) in nm⁻¹, in axes of its zone, is seen at g_x = w (X cos θ − Y sin θ), g_y = h (X sin θ + Y cos θ) cycles a pixel, with the pixel's width w and height h in nm and the turn θ: least squares over
/// all spots, three unknowns. Two directions at least are needed. Nothing is applied: the caller decides what to do with it.
/// </remarks>
public static class LatticeScaler
{
    private const double LeastSnr = 12;

    /// <summary>Fits one crystal.</summary>
    /// <param name="crystal">A crystal with fringes in two directions or more.</param>
    /// <param name="reference">The known crystal.</param>
    /// <param name="pixelWidthNm">Nominal width of a pixel, nm, from which the search begins.</param>
    /// <param name="pixelHeightNm">Nominal height of a pixel, nm.</param>
    /// <param name="scaleSigmaFraction">How far the nominal size may be off (one standard deviation), 0.001…0.5; default 0.05.</param>
    /// <returns>The pixel size; <c>null</c> where the fringes run in one direction only or are none of the reference's.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its limits.</exception>
    public static LatticeScale? Fit(CrystalMeasurement crystal, ReferenceCrystal reference, double pixelWidthNm, double pixelHeightNm, double scaleSigmaFraction = 0.05)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        ArgumentNullException.ThrowIfNull(reference);
        reference.Validate();
        OptionCheck.Within(pixelWidthNm, 1e-4, 100, nameof(pixelWidthNm));
        OptionCheck.Within(pixelHeightNm, 1e-4, 100, nameof(pixelHeightNm));
        OptionCheck.Within(scaleSigmaFraction, 0.001, 0.5, nameof(scaleSigmaFraction));
        ReflectionTable table = ReflectionTable.Of(reference);
        Spot[] spots = [.. crystal.Fringes.Where(static fringe => fringe.FringeSnr >= LeastSnr).OrderByDescending(static fringe => fringe.FringeSnr)
            .Select(fringe => new Spot(fringe.G.XPerPx / pixelWidthNm, fringe.G.YPerPx / pixelHeightNm, fringe))];
        if (spots.Length < 2)
        {
            return null;
        }

        LatticeScale? best = null;
        for (int second = 1; second < spots.Length; second++)
        {
            if (Math.Abs(Cross(spots[0], spots[second])) < 0.25 * spots[0].Length * spots[second].Length)
            {
                continue;
            }

            NamingView view = new(spots[0].X, spots[0].Y, spots[second].X, spots[second].Y, true, 0.005, false);
            CrystalName name = ScalePosterior.Solve([view], table, scaleSigmaFraction, 0.6 * scaleSigmaFraction).Names[0];
            if (name.Pair is { } pair && Fit(spots, spots[0], spots[second], pair, table, pixelWidthNm, pixelHeightNm, name.Probability) is { } fit
                && (best is null || fit.Spots.Count > best.Spots.Count || (fit.Spots.Count == best.Spots.Count && fit.ResidualFraction < best.ResidualFraction)))
            {
                best = fit;
            }
        }

        return best;
    }

    private static LatticeScale? Fit(Spot[] spots, Spot first, Spot second, ReflectionPair pair, ReflectionTable table, double pixelWidthNm, double pixelHeightNm, double probability)
    {
        // Axes in the zone: X along the first reflection, Y towards the second, on the side on which it is seen.
        int sign = ((first.X * second.X) + (first.Y * second.Y)) < 0 ? -1 : 1;
        (double X, double Y) b = (sign * second.X, sign * second.Y);
        double a1 = table.Length(pair.A), a2 = table.Length(pair.B), angle = pair.AngleDeg * Math.PI / 180;
        int side = Math.Sign((first.X * b.Y) - (first.Y * b.X));
        List<(double X, double Y, Spot Spot, ReferenceSpot Reference)> used = [];
        foreach (Spot spot in spots)
        {
            double tolerance = 0.04 * spot.Length;
            if (CrystalGrouping.Place(first.X, first.Y, b, spot.X, spot.Y, table.Period, tolerance) is not (int m, int n) || m % table.Period != 0 || n % table.Period != 0)
            {
                continue;
            }

            (m, n) = (m / table.Period, n / table.Period);
            if (table.Find((m * pair.A.H) + (n * pair.B.H), (m * pair.A.K) + (n * pair.B.K), (m * pair.A.L) + (n * pair.B.L)) is { } reference)
            {
                used.Add(((m * a1) + (n * a2 * Math.Cos(angle)), side * n * a2 * Math.Sin(angle), spot, reference));
            }
        }

        return used.Count < 2 ? null : Solve(used, first, table, pixelWidthNm, pixelHeightNm, probability);
    }

    private static LatticeScale Solve(List<(double X, double Y, Spot Spot, ReferenceSpot Reference)> used, Spot first, ReflectionTable table, double pixelWidthNm, double pixelHeightNm, double probability)
    {
        // Gauss-Newton for θ, w/w₀, h/h₀.
        double theta = Math.Atan2(first.Y, first.X), w = 1, h = 1;
        Matrix<double> inverse = Matrix<double>.Build.Dense(3, 3);
        for (int turn = 0; turn < 20; turn++)
        {
            Matrix<double> normal = Matrix<double>.Build.Dense(3, 3);
            Vector<double> right = Vector<double>.Build.Dense(3);
            (double sin, double cos) = Math.SinCos(theta);
            foreach ((double x, double y, Spot spot, _) in used)
            {
                double u = (x * cos) - (y * sin), v = (x * sin) + (y * cos);
                Add(normal, right, [-w * v, u, 0], spot.X - (w * u), spot.Sigma(pixelWidthNm, pixelHeightNm));
                Add(normal, right, [h * u, 0, v], spot.Y - (h * v), spot.Sigma(pixelWidthNm, pixelHeightNm));
            }

            inverse = normal.Inverse();
            Vector<double> step = inverse * right;
            (theta, w, h) = (theta + step[0], w + step[1], h + step[2]);
        }

        (double s, double c) = Math.SinCos(theta);
        double[] residuals = [.. used.Select(item => Math.Sqrt(Math.Pow(item.Spot.X - (w * ((item.X * c) - (item.Y * s))), 2) + Math.Pow(item.Spot.Y - (h * ((item.X * s) + (item.Y * c))), 2)) / item.Spot.Length)];
        return new LatticeScale
        {
            PixelWidthNm = w * pixelWidthNm,
            PixelHeightNm = h * pixelHeightNm,
            PixelWidthSigmaNm = Math.Sqrt(inverse[1, 1]) * pixelWidthNm,
            PixelHeightSigmaNm = Math.Sqrt(inverse[2, 2]) * pixelHeightNm,
            Spots = [.. used.Select((item, i) => new LatticeSpot(table.Name(item.Reference), 1 / table.Length(item.Reference), item.Spot.Fringe.SpacingPx, residuals[i]))],
            ResidualFraction = Math.Sqrt(residuals.Average(static residual => residual * residual)),
            NameProbability = probability,
        };
    }

    private static void Add(Matrix<double> normal, Vector<double> right, ReadOnlySpan<double> slopes, double residual, double sigma)
    {
        double weight = 1 / (sigma * sigma);
        for (int i = 0; i < 3; i++)
        {
            right[i] += weight * slopes[i] * residual;
            for (int j = 0; j < 3; j++)
            {
                normal[i, j] += weight * slopes[i] * slopes[j];
            }
        }
    }

    private static double Cross(Spot a, Spot b) => (a.X * b.Y) - (a.Y * b.X);

    private readonly record struct Spot(double X, double Y, FringeMeasurement Fringe)
    {
        public double Length => Math.Sqrt((X * X) + (Y * Y));

        // A thousandth of |g| at least: spots of one crystal agree no better.
        public double Sigma(double pixelWidthNm, double pixelHeightNm) => Math.Max(1e-3 * Length, Math.Max(Fringe.G.XSigmaPerPx / pixelWidthNm, Fringe.G.YSigmaPerPx / pixelHeightNm));
    }
}
