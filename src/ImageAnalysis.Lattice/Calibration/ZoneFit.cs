namespace ImageAnalysis.Lattice;

/// <summary>The spots of one crystal as planes of one zone of a known cell, with the pixel size and rotation that fit best.</summary>
internal sealed class ZoneFit
{
    private const double MostOff = 0.03; // of a spot's frequency, from the place of its plane
    private const double Floor = 0.003; // relative error of a spot's place beyond what is stated: distortion, strain
    private const int Passes = 12;
    private const int Parameters = 4;

    private readonly KnownCrystal _crystal;
    private readonly (double X, double Y, double Z) _first;
    private readonly (double X, double Y, double Z) _second;
    private readonly List<(ScaleSpot Spot, double GX, double GY)> _matched = [];

    private ZoneFit(KnownCrystal crystal, (int H, int K, int L) a, (int H, int K, int L) b)
    {
        _crystal = crystal;
        (A, B) = (a, b);

        // An orthonormal frame of the zone: along the first plane's g, and across it towards the second's.
        (double X, double Y, double Z) ga = crystal.G(a.H, a.K, a.L), gb = crystal.G(b.H, b.K, b.L);
        _first = Scaled(ga, 1 / Length(ga));
        double along = Dot(gb, _first);
        (double X, double Y, double Z) across = (gb.X - (along * _first.X), gb.Y - (along * _first.Y), gb.Z - (along * _first.Z));
        _second = Scaled(across, 1 / Length(across));
    }

    public (int H, int K, int L) A { get; }

    public (int H, int K, int L) B { get; }

    /// <summary>Logarithms of the pixel's width and height in nm.</summary>
    public double LogWidth { get; private set; }

    public double LogHeight { get; private set; }

    /// <summary>κ of the fit: tangent of the angle by which the image's axes are off the right angle on the specimen.</summary>
    public double Shear { get; private set; }

    public double SigmaLogWidth { get; private set; }

    public double SigmaLogHeight { get; private set; }

    /// <summary>Sum of squares of the fit, with the prior's and a fee for each spot that is not explained.</summary>
    public double Score { get; private set; }

    public double SumOfSquares { get; private set; }

    public int MatchedCount => _matched.Count;

    public int UnexplainedCount { get; private set; }

    /// <summary>Sum over the spots of the squared distance from their places over the squared frequency.</summary>
    public double SquaredOff { get; private set; }

    /// <summary>The zone axis: the cross product of the two planes' indices, without common factor.</summary>
    public string Zone
    {
        get
        {
            int u = (A.K * B.L) - (A.L * B.K), v = (A.L * B.H) - (A.H * B.L), w = (A.H * B.K) - (A.K * B.H);
            int divisor = (int)System.Numerics.BigInteger.GreatestCommonDivisor(u, System.Numerics.BigInteger.GreatestCommonDivisor(v, w));
            int sign = u < 0 || (u == 0 && (v < 0 || (v == 0 && w < 0))) ? -1 : 1;
            return FormattableString.Invariant($"[{sign * u / divisor} {sign * v / divisor} {sign * w / divisor}]");
        }
    }

    /// <summary>Fits two spots as two planes, then all spots that are planes of the same zone; <c>null</c> where even the two do not fit.</summary>
    public static ZoneFit? Of(KnownCrystal crystal, IReadOnlyList<ScaleSpot> spots, int first, int second, (int H, int K, int L) a, (int H, int K, int L) b, ScalePrior prior)
    {
        ZoneFit fit = new(crystal, a, b);
        if (!fit.Begin(spots[first], spots[second], prior))
        {
            return null;
        }

        fit.Match(spots, first, second);
        return fit._matched.Count < 2 ? null : fit.Refine(spots.Count, prior) ? fit : null;
    }

    // Lengths and dot products of the two spots are linear in 1/width² and 1/height²; the prior on their ratio steadies spots that lie along one axis.
    private bool Begin(ScaleSpot p, ScaleSpot q, ScalePrior prior)
    {
        (double X, double Y) ga = Plane(A.H, A.K, A.L), gb = Plane(B.H, B.K, B.L);
        double aa = (ga.X * ga.X) + (ga.Y * ga.Y), bb = (gb.X * gb.X) + (gb.Y * gb.Y), ab = (ga.X * gb.X) + (ga.Y * gb.Y), scale = Math.Sqrt(aa * bb);
        double common = 0.5 * (Math.Log(p.Length / Math.Sqrt(aa)) + Math.Log(q.Length / Math.Sqrt(bb)));
        double typical = Math.Exp(-2 * common), weight = 0.01 / prior.AspectSigma;
        (double U, double V, double Right)[] equations =
        [
            (p.X * p.X / aa, p.Y * p.Y / aa, 1), (q.X * q.X / bb, q.Y * q.Y / bb, 1), (p.X * q.X / scale, p.Y * q.Y / scale, ab / scale),
            (weight / typical * Math.Exp(prior.Aspect), -weight / typical / Math.Exp(prior.Aspect), 0),
        ];
        double uu = 0, uv = 0, vv = 0, ur = 0, vr = 0;
        foreach ((double u, double v, double right) in equations)
        {
            uu += u * u;
            uv += u * v;
            vv += v * v;
            ur += u * right;
            vr += v * right;
        }

        double det = (uu * vv) - (uv * uv);
        double inverseWidth2 = ((vv * ur) - (uv * vr)) / det, inverseHeight2 = ((uu * vr) - (uv * ur)) / det;
        if (!(inverseWidth2 > 0 && inverseHeight2 > 0))
        {
            return false;
        }

        double misfit = equations.Take(3).Sum(e => Math.Pow((e.U * inverseWidth2) + (e.V * inverseHeight2) - e.Right, 2));
        (LogWidth, LogHeight) = (-0.5 * Math.Log(inverseWidth2), -0.5 * Math.Log(inverseHeight2));

        // A hundredth in a length is two in its square; beyond a few of them the planes are others.
        return misfit < 3 * Math.Pow(2 * 2.5 * MostOff / 3, 2) && prior.Allows(LogWidth, LogHeight);
    }

    private void Match(IReadOnlyList<ScaleSpot> spots, int first, int second)
    {
        ScaleSpot p = spots[first], q = spots[second];
        double det = (p.X * q.Y) - (p.Y * q.X);
        for (int i = 0; i < spots.Count; i++)
        {
            // In terms of the two spots, whatever the pixel size.
            ScaleSpot s = spots[i];
            double m = ((s.X * q.Y) - (s.Y * q.X)) / det, n = ((p.X * s.Y) - (p.Y * s.X)) / det;
            int h = (int)Math.Round((m * A.H) + (n * B.H)), k = (int)Math.Round((m * A.K) + (n * B.K)), l = (int)Math.Round((m * A.L) + (n * B.L));
            (double X, double Y, double Z) g = _crystal.G(h, k, l);
            double gx = Dot(g, _first), gy = Dot(g, _second), out2 = Dot(g, g) - (gx * gx) - (gy * gy);
            (double X, double Y) ga = Plane(A.H, A.K, A.L), gb = Plane(B.H, B.K, B.L);
            double planeDet = (ga.X * gb.Y) - (ga.Y * gb.X), mm = ((gx * gb.Y) - (gy * gb.X)) / planeDet, nn = ((ga.X * gy) - (ga.Y * gx)) / planeDet;
            double offX = ((m - mm) * p.X) + ((n - nn) * q.X), offY = ((m - mm) * p.Y) + ((n - nn) * q.Y);
            bool inZone = out2 < 1e-6 * Dot(g, g) && (h, k, l) != (0, 0, 0);
            if (inZone && !_crystal.Symmetry.IsAbsent(h, k, l) && Math.Sqrt((offX * offX) + (offY * offY)) < MostOff * s.Length)
            {
                _matched.Add((s, gx, gy));
            }
        }
    }

    // Gauss-Newton for ln width, ln height, the rotation and the shear: x = width (g'x + κ g'y), y = height g'y with the rotated g'.
    private bool Refine(int spotCount, ScalePrior prior)
    {
        double theta = StartAngle(out int hand);
        NormalSystem system = new(Parameters);
        for (int pass = 0; pass < Passes; pass++)
        {
            system.Clear();
            SumOfSquares = SquaredOff = 0;
            (double sin, double cos) = Math.SinCos(theta);
            double width = Math.Exp(LogWidth), height = Math.Exp(LogHeight);
            foreach ((ScaleSpot spot, double gx, double gyUp) in _matched)
            {
                double gy = hand * gyUp, turnedX = (cos * gx) - (sin * gy), turnedY = (sin * gx) + (cos * gy);
                double x = width * (turnedX + (Shear * turnedY)), y = height * turnedY;
                double sx = Math.Sqrt((spot.SigmaX * spot.SigmaX) + Math.Pow(Floor * spot.Length, 2)), sy = Math.Sqrt((spot.SigmaY * spot.SigmaY) + Math.Pow(Floor * spot.Length, 2));
                double dx = spot.X - x, dy = spot.Y - y;
                system.Add([x / sx, 0, width * ((Shear * turnedX) - turnedY) / sx, width * turnedY / sx], dx / sx);
                system.Add([0, y / sy, height * turnedX / sy, 0], dy / sy);
                SumOfSquares += (dx * dx / (sx * sx)) + (dy * dy / (sy * sy));
                SquaredOff += ((dx * dx) + (dy * dy)) / (spot.Length * spot.Length);
            }

            double aspect = (LogWidth - LogHeight - prior.Aspect) / prior.AspectSigma, shear = Shear / ScalePrior.ShearSigma;
            system.Add([1 / prior.AspectSigma, -1 / prior.AspectSigma, 0, 0], -aspect);
            system.Add([0, 0, 0, 1 / ScalePrior.ShearSigma], -shear);
            double fees = (aspect * aspect) + (shear * shear);
            if (prior.LogSize is double size)
            {
                double common = ((0.5 * (LogWidth + LogHeight)) - size) / prior.SizeSigma;
                system.Add([0.5 / prior.SizeSigma, 0.5 / prior.SizeSigma, 0, 0], -common);
                fees += common * common;
            }

            UnexplainedCount = spotCount - _matched.Count;
            Score = SumOfSquares + fees + (ScalePrior.UnexplainedFee * UnexplainedCount) + (ScalePrior.IndexFee * (Rank(A) + Rank(B)));
            if (!system.Solve())
            {
                return false;
            }

            LogWidth += system.Solution[0];
            LogHeight += system.Solution[1];
            theta += system.Solution[2];
            Shear += system.Solution[3];
        }

        // Where spots lie farther from their places than their errors, the errors are larger than stated.
        double freedom = Math.Max(1, (2 * _matched.Count) - Parameters), excess = Math.Sqrt(Math.Max(1, SumOfSquares / freedom));
        (SigmaLogWidth, SigmaLogHeight) = (excess * Math.Sqrt(system.Variance(0)), excess * Math.Sqrt(system.Variance(1)));
        return double.IsFinite(Score) && prior.Allows(LogWidth, LogHeight);
    }

    // The rotation that takes the planes to the spots, and whether the zone is seen from the front or from behind.
    private double StartAngle(out int hand)
    {
        double best = -1, angle = 0;
        hand = 1;
        double width = Math.Exp(LogWidth), height = Math.Exp(LogHeight);
        foreach (int side in (ReadOnlySpan<int>)[1, -1])
        {
            double re = 0, im = 0;
            foreach ((ScaleSpot spot, double gx, double gyUp) in _matched)
            {
                double x = spot.X / width, y = spot.Y / height, gy = side * gyUp;
                re += (x * gx) + (y * gy);
                im += (y * gx) - (x * gy);
            }

            double length = (re * re) + (im * im);
            (best, angle, hand) = length > best ? (length, Math.Atan2(im, re), side) : (best, angle, hand);
        }

        return angle;
    }

    // How much closer the planes stand than the widest of the crystal, as a logarithm: images show wide planes first.
    private double Rank((int H, int K, int L) plane)
    {
        (double x, double y) = Plane(plane.H, plane.K, plane.L);
        return Math.Log(Math.Sqrt((x * x) + (y * y)) * Core.Units.AngstromToNm(_crystal.Families[0].SpacingAngstrom));
    }

    private (double X, double Y) Plane(int h, int k, int l)
    {
        (double X, double Y, double Z) g = _crystal.G(h, k, l);
        return (Dot(g, _first), Dot(g, _second));
    }

    private static double Dot((double X, double Y, double Z) a, (double X, double Y, double Z) b) => (a.X * b.X) + (a.Y * b.Y) + (a.Z * b.Z);

    private static double Length((double X, double Y, double Z) a) => Math.Sqrt(Dot(a, a));

    private static (double X, double Y, double Z) Scaled((double X, double Y, double Z) a, double by) => (by * a.X, by * a.Y, by * a.Z);
}
