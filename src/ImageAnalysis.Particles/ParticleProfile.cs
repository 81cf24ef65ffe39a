using ImageAnalysis.Imaging;

namespace ImageAnalysis.Particles;

/// <summary>
/// The model of one particle: a blurred superelliptic thickness profile inside the star-shaped outline
/// R(θ) = R₀ (1 + Σₖ aₖ cos kθ + bₖ sin kθ), k = 2, 3, 4, 6, on an inclined plane of background.
/// </summary>
/// <remarks>Mutable inside the fit only. Rows are scaled by the pixel's aspect ratio, so that R₀ and blur are in pixel widths.</remarks>
internal sealed class ParticleProfile
{
    public const int X = 0, Y = 1, Radius = 2, Harmonic = 3, HarmonicCount = 8, Height = 11, Shape = 12, LogBlur = 13, Background = 14, SlopeX = 15, SlopeY = 16, Count = 17;

    /// <summary>Smallest radius of an outline in any direction, against its mean radius: harmonics at their bounds may not turn it inside out.</summary>
    public const float SmallestRatio = 0.05f;

    private readonly float[] _coefficients = new float[8 * BlurredDisc.Nodes];
    private double _nodesPerRadius;

    /// <summary>The parameters, in the order of the constants above; positions in px, slopes per px from the fit's anchor.</summary>
    public double[] P { get; } = new double[Count];

    /// <summary>Normal equations of the last fit, as <see cref="NormalEquations.Normal"/> has them; <c>null</c> before.</summary>
    public double[]? Information { get; set; }

    /// <summary>Height of a row over width of a column.</summary>
    public double Aspect { get; init; } = 1;

    /// <summary>True for a particle that a person has pointed out.</summary>
    public bool IsChosen { get; init; }

    /// <summary>Point from which the slopes count.</summary>
    public double AnchorX { get; set; }

    /// <summary>Point from which the slopes count.</summary>
    public double AnchorY { get; set; }

    /// <summary>Root mean square of the weighted residuals, counts.</summary>
    public double ResidualRms { get; set; }

    /// <summary>How far the last fit moved centre or outline, px.</summary>
    public double MovedPx { get; set; }

    /// <summary>Standard deviation of the blur, px; brought up to date by <see cref="Refresh"/>.</summary>
    public double Blur { get; private set; }

    /// <summary>A bound of the outline's radius, reached where all harmonics agree.</summary>
    public double LargestRadius { get; private set; }

    /// <summary>Distance from the centre beyond which nothing of the particle is seen.</summary>
    public double Reach => LargestRadius * (BlurredDisc.Nodes - 4) / _nodesPerRadius;

    /// <summary>The profile's tables, as <see cref="BlurredDisc.Fill"/> gives them.</summary>
    public ReadOnlySpan<float> Coefficients => _coefficients;

    /// <summary>Nodes of the tables per radius.</summary>
    public double NodesPerRadius => _nodesPerRadius;

    /// <summary>Brings the tables up to date with radius, blur and shape; to be called after the parameters changed.</summary>
    public void Refresh()
    {
        Blur = Math.Exp(P[LogBlur]);
        double blurRatio = Math.Clamp(Blur / P[Radius], BlurredDisc.BlurMin, BlurredDisc.BlurMax);
        _nodesPerRadius = BlurredDisc.Fill(blurRatio, P[Shape], _coefficients);
        double sum = 0;
        for (int k = 0; k < HarmonicCount; k += 2)
        {
            sum += Math.Sqrt((P[Harmonic + k] * P[Harmonic + k]) + (P[Harmonic + k + 1] * P[Harmonic + k + 1]));
        }

        LargestRadius = P[Radius] * (1 + sum);
    }

    /// <summary>Distance from the centre over the outline's radius in that direction.</summary>
    public double NormalDistance(double x, double y)
    {
        double dx = x - P[X], dy = (y - P[Y]) * Aspect, rho = Math.Sqrt((dx * dx) + (dy * dy));
        if (rho < 1e-9)
        {
            return 0;
        }

        return rho / RadiusAt(dx / rho, dy / rho);
    }

    /// <summary>Radius of the outline in the direction of a unit vector.</summary>
    public double RadiusAt(double c, double s)
    {
        double c2 = (c * c) - (s * s), s2 = 2 * c * s, c3 = (c2 * c) - (s2 * s), s3 = (s2 * c) + (c2 * s), c4 = (c2 * c2) - (s2 * s2), s4 = 2 * c2 * s2, c6 = (c3 * c3) - (s3 * s3), s6 = 2 * c3 * s3;
        ReadOnlySpan<double> h = P.AsSpan(Harmonic, HarmonicCount);
        return P[Radius] * Math.Max(SmallestRatio, 1 + (h[0] * c2) + (h[1] * s2) + (h[2] * c3) + (h[3] * s3) + (h[4] * c4) + (h[5] * s4) + (h[6] * c6) + (h[7] * s6));
    }

    /// <summary>Distance, over the radius, at which the blurred profile falls to a share of its central value.</summary>
    public double DistanceAt(double heightFraction)
    {
        double sought = heightFraction * _coefficients[8];
        for (int k = 1; k < BlurredDisc.Nodes - 1; k++)
        {
            double here = _coefficients[8 * k], next = _coefficients[8 * (k + 1)];
            if (next <= sought)
            {
                return (k - 1 + ((here - sought) / (here - next))) / _nodesPerRadius;
            }
        }

        return 1;
    }

    /// <summary>The background plane at a place, counts.</summary>
    public double Plane(double x, double y) => P[Background] + (P[SlopeX] * (x - AnchorX)) + (P[SlopeY] * (y - AnchorY));

    /// <summary>The outline as a polygon in px, drawn in to a share of its radius.</summary>
    public PointPx[] Outline(int points, double radiusRatio)
    {
        PointPx[] outline = new PointPx[points];
        for (int i = 0; i < points; i++)
        {
            (double s, double c) = Math.SinCos(2 * Math.PI * i / points);
            double r = radiusRatio * RadiusAt(c, s);
            outline[i] = new PointPx(P[X] + (r * c), P[Y] + (r * s / Aspect));
        }

        return outline;
    }
}
