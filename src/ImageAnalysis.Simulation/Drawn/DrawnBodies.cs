using ImageAnalysis.Imaging;

namespace ImageAnalysis.Simulation;

/// <summary>The bodies of drawn particles: their thickness, their waves, their truth.</summary>
internal static class DrawnBodies
{
    // A hexagon of the area of a circle of radius 1: distance of its sides √(π/(2√3)), of its corners 2/√3 times that.
    private const double HexagonSide = 0.95231;
    private const double HexagonCorner = 1.09964;

    /// <summary>Adds a particle's phase shift (rad) and thickness (nm) to a field whose pixel (left, top) is the image's first.</summary>
    public static void Add(DrawnParticle particle, DrawnHrtemOptions options, double interaction, float[] phase, float[] thickness, int width, int left, int top)
    {
        int height = phase.Length / width;
        double dx = options.PixelWidthNm, dy = options.PixelHeightNm;
        (double reachX, double reachY) = Reach(particle);
        int x0 = Math.Max(0, (int)Math.Floor(left + particle.CentreXPx - (reachX / dx))), x1 = Math.Min(width - 1, (int)Math.Ceiling(left + particle.CentreXPx + (reachX / dx)));
        int y0 = Math.Max(0, (int)Math.Floor(top + particle.CentreYPx - (reachY / dy))), y1 = Math.Min(height - 1, (int)Math.Ceiling(top + particle.CentreYPx + (reachY / dy)));
        Wave[] waves = [.. particle.Waves.Where(wave => wave.AmplitudeVolt > 0 && wave.DomainFraction > 0).Select(wave => new Wave(wave, particle))];
        (double sin, double cos) = Math.SinCos(particle.OrientationDeg * Math.PI / 180);
        for (int y = y0; y <= y1; y++)
        {
            double ry = (y - top - particle.CentreYPx) * dy;
            for (int x = x0; x <= x1; x++)
            {
                // y points down.
                double rx = (x - left - particle.CentreXPx) * dx;
                double t = Thickness(particle, ((rx * cos) - (ry * sin)) / particle.LongHalfNm, ((-rx * sin) - (ry * cos)) / particle.ShortHalfNm);
                if (t <= 0)
                {
                    continue;
                }

                double potential = particle.MeanPotentialVolt * t;
                foreach (Wave wave in waves)
                {
                    potential += wave.At(rx, ry, t);
                }

                int at = (y * width) + x;
                phase[at] += (float)(interaction * potential);
                thickness[at] += (float)t;
            }
        }
    }

    /// <summary>What is known of a particle.</summary>
    public static DrawnTruth Truth(DrawnParticle particle, DrawnHrtemOptions options, LensTransfer lens)
    {
        (double reachX, double reachY) = Reach(particle);
        (reachX, reachY) = (reachX / options.PixelWidthNm, reachY / options.PixelHeightNm);
        double interaction = ElectronBeam.InteractionPerVoltNm(options.VoltageKv);
        return new DrawnTruth
        {
            CentrePx = new PointPx(particle.CentreXPx, particle.CentreYPx),
            FirstPx = new PointPx(Math.Floor(particle.CentreXPx - reachX), Math.Floor(particle.CentreYPx - reachY)),
            EndPx = new PointPx(Math.Ceiling(particle.CentreXPx + reachX) + 1, Math.Ceiling(particle.CentreYPx + reachY) + 1),
            Waves = [.. particle.Waves.Select(wave => Truth(wave, particle, options, lens, interaction))],
        };
    }

    private static DrawnWaveTruth Truth(DrawnWave wave, DrawnParticle particle, DrawnHrtemOptions options, LensTransfer lens, double interaction)
    {
        (double gx, double gy) = Frequency(wave);
        double transfer = DrawnHrtemSimulator.Transfer(lens, gx, gy);
        double thickest = MiddleThickness(particle);

        // sin(πζt)/πζ is largest at t = 1/(2ζ), if the particle is so thick.
        double zeta = Math.Abs(wave.AlongBeamPerNm);
        double normal = wave.NormalDeg - (180 * Math.Floor(wave.NormalDeg / 180));
        return new DrawnWaveTruth
        {
            Hkl = wave.Hkl,
            FrequencyXPerPx = gx * options.PixelWidthNm,
            FrequencyYPerPx = gy * options.PixelHeightNm,
            SpacingNm = wave.SpacingNm,
            NormalDeg = normal >= 180 ? 0 : normal,
            TransferRatio = transfer,
            PeakContrastRatio = wave.DomainFraction > 0 ? 2 * interaction * wave.AmplitudeVolt * Projected(Math.Min(thickest, 0.5 / zeta), zeta) * Math.Abs(transfer) : 0,
        };
    }

    private static (double X, double Y) Frequency(DrawnWave wave)
    {
        (double sin, double cos) = Math.SinCos(wave.NormalDeg * Math.PI / 180);
        return (cos / wave.SpacingNm, -sin / wave.SpacingNm);
    }

    private static double MiddleThickness(DrawnParticle particle) => particle.ThicknessNm ?? (2 * particle.ShortHalfNm);

    // e = sin(πζt)/(πζ).
    private static double Projected(double thickness, double zeta)
    {
        double angle = Math.PI * zeta * thickness;
        return Math.Abs(angle) < 1e-4 ? thickness : thickness * Math.Sin(angle) / angle;
    }

    private static double Thickness(DrawnParticle particle, double along, double across)
    {
        double middle = MiddleThickness(particle);
        if (particle.Body == DrawnBody.Ellipsoid)
        {
            double rest = 1 - (along * along) - (across * across);
            return rest > 0 ? middle * Math.Sqrt(rest) : 0;
        }

        // Three pairs of sides, 60° apart.
        double slanted = 0.5 * Math.Abs(along), upright = 0.86602540378 * across;
        double farthest = Math.Max(Math.Abs(along), slanted + Math.Abs(upright)) / HexagonSide;
        return middle * Math.Clamp(2 * (1 - farthest), 0, 1);
    }

    /// <summary>Half the width and half the height of the outline's box, nm.</summary>
    private static (double X, double Y) Reach(DrawnParticle particle)
    {
        (double sin, double cos) = Math.SinCos(particle.OrientationDeg * Math.PI / 180);
        double a = particle.LongHalfNm, b = particle.ShortHalfNm;
        if (particle.Body == DrawnBody.Ellipsoid)
        {
            return (Math.Sqrt((a * a * cos * cos) + (b * b * sin * sin)), Math.Sqrt((a * a * sin * sin) + (b * b * cos * cos)));
        }

        double reachX = 0, reachY = 0;
        for (int corner = 0; corner < 3; corner++)
        {
            (double up, double along) = Math.SinCos(Math.PI * (corner + 0.5) / 3);
            reachX = Math.Max(reachX, HexagonCorner * Math.Abs((a * along * cos) - (b * up * sin)));
            reachY = Math.Max(reachY, HexagonCorner * Math.Abs((a * along * sin) + (b * up * cos)));
        }

        return (reachX, reachY);
    }

    private readonly struct Wave
    {
        private readonly double gx;
        private readonly double gy;
        private readonly double phase;
        private readonly double amplitude;
        private readonly double zeta;
        private readonly double domainX;
        private readonly double domainY;
        private readonly double edge;

        public Wave(DrawnWave wave, DrawnParticle particle)
        {
            (gx, gy) = Frequency(wave);
            (gx, gy) = (2 * Math.PI * gx, 2 * Math.PI * gy);
            phase = wave.PhaseDeg * Math.PI / 180;
            amplitude = wave.AmplitudeVolt;
            zeta = wave.AlongBeamPerNm;
            (double sin, double cos) = Math.SinCos(wave.DomainDeg * Math.PI / 180);
            (domainX, domainY) = (cos, -sin);

            // Half the ellipse's width along the domain's direction.
            (sin, cos) = Math.SinCos((wave.DomainDeg - particle.OrientationDeg) * Math.PI / 180);
            double half = Math.Sqrt(Math.Pow(particle.LongHalfNm * cos, 2) + Math.Pow(particle.ShortHalfNm * sin, 2));
            edge = wave.DomainFraction >= 1 ? double.PositiveInfinity : half * ((2 * wave.DomainFraction) - 1);
        }

        /// <summary>The wave's potential, V·nm, at a place from the centre where the particle is so thick.</summary>
        public double At(double x, double y, double thickness) => (x * domainX) + (y * domainY) > edge
            ? 0
            : amplitude * Projected(thickness, zeta) * Math.Cos((gx * x) + (gy * y) + phase);
    }
}
