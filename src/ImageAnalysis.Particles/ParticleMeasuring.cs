using ImageAnalysis.Imaging;

namespace ImageAnalysis.Particles;

/// <summary>Turns a fitted profile into sizes, shape and flags.</summary>
internal static class ParticleMeasuring
{
    private const double TouchingGapPx = 0.75, BrightRatio = 2.0, OverlapFlagFraction = 0.1, SaturatedFlagFraction = 0.02, StackedRatio = 1.3, StackedMisfitRatio = 1.6, NoEdgeShape = 0.8;

    /// <summary>Scatter of the measured sizes of simulated faceted bodies that no noise explains, as a share of the size (docs/methods/particle-sizes.md).</summary>
    private const double FeretFloorFraction = 0.01, DiameterFloorFraction = 0.007;

    /// <summary>Points of the outline that is measured: the polygon's area is 0.02 % below the curve's.</summary>
    private const int MeasuredPoints = 180;

    /// <summary>Whether flags say that what was fitted is clearly there and not one particle; a faint or thin bump of the support is not clearly there.</summary>
    public static bool IsNoParticle(IReadOnlyList<ParticleFlag> flags) =>
        flags.Any(static flag => flag.Name is "poor-fit" or "stacked" or "dented" or "no-edge") && !flags.Any(static flag => flag.Name is "thin" or "faint");

    /// <summary>Measures one particle; its number is given later.</summary>
    public static SizeMeasurement Measure(ParticleProfile particle, FieldFit field, Micrograph micrograph, Segmentation segmentation, SizeOptions options)
    {
        double aspect = particle.Aspect;
        double edge = options.EdgeHeightFraction > 0 ? Math.Min(1, particle.DistanceAt(options.EdgeHeightFraction)) : 1;
        PointPx[] outline = particle.Outline(MeasuredPoints, edge);
        PointPx centroid = Polygons.Centroid(outline);
        FeretDiameters feret = Polygons.Feret(outline, aspect);
        double area = Polygons.Area(outline, aspect), perimeter = Polygons.Perimeter(outline, aspect), diameter = 2 * Math.Sqrt(area / Math.PI);
        double angleDeg = feret.MaxDirectionDeg;

        // What is counted is decided on the whole particle, wherever its edge is placed.
        (double wholeFeret, double wholeDiameter, double wholeArea) = (feret.MaxPx / edge, diameter / edge, area / (edge * edge));
        double[]? covariance = field.Covariance(particle);
        (double feretSigma, double diameterSigma) = Sigmas(particle, covariance, wholeFeret, wholeDiameter, angleDeg, new EdgePlace(1, 0, 0));
        bool border = outline.Any(p => p.XPx < 0 || p.YPx < 0 || p.XPx > micrograph.Pixels.WidthPx - 1 || p.YPx > micrograph.Pixels.HeightPx - 1);
        List<ParticleFlag> flags = [];
        bool touches = Touches(particle, field, flags);
        double noise = Math.Max(particle.ResidualRms, segmentation.NoiseSigmaCounts), height = particle.P[ParticleProfile.Height];
        double solidity = area / Polygons.Area(Polygons.ConvexHull(outline), aspect);
        bool counted = Judge(particle, field, options, flags, wholeArea, solidity, wholeDiameter, noise, wholeFeret, feretSigma) && !border;
        if (options.EdgeHeightFraction > 0)
        {
            (feretSigma, diameterSigma) = Sigmas(particle, covariance, wholeFeret, wholeDiameter, angleDeg, EdgePlace.Of(particle, options.EdgeHeightFraction));
        }

        if (border)
        {
            flags.Add(new ParticleFlag("border", "part of the particle may lie outside the image"));
        }

        double saturated = SaturatedFraction(particle, segmentation.Saturated);
        if (saturated > SaturatedFlagFraction)
        {
            flags.Add(new ParticleFlag("saturated", FormattableString.Invariant($"the detector was at its limit over {100 * saturated:F0} % of the particle; its edge alone was fitted")));
        }

        double? nm = micrograph.Calibration?.PixelWidthNm;
        return new SizeMeasurement
        {
            ParticleId = 1,
            XPx = centroid.XPx,
            YPx = centroid.YPx,
            FeretMaxPx = feret.MaxPx,
            FeretMinPx = feret.MinPx,
            DiameterPx = diameter,
            AreaPixelCount = area,
            FeretMaxSigmaPx = feretSigma,
            DiameterSigmaPx = diameterSigma,
            FeretMaxNm = feret.MaxPx * nm,
            FeretMinNm = feret.MinPx * nm,
            DiameterNm = diameter * nm,
            AreaNm2 = area * nm * nm,
            FeretMaxSigmaNm = feretSigma * nm,
            DiameterSigmaNm = diameterSigma * nm,
            HalfHeightDiameterPx = diameter / edge * particle.DistanceAt(0.5),
            HalfHeightDiameterNm = diameter / edge * particle.DistanceAt(0.5) * nm,
            BorderWeightRatio = BorderWeight(outline, micrograph.Pixels.WidthPx, micrograph.Pixels.HeightPx),
            AspectRatio = feret.MaxPx / feret.MinPx,
            CircularityRatio = 4 * Math.PI * area / (perimeter * perimeter),
            OrientationDeg = angleDeg,
            IntegratedIntensityCounts = Intensity(particle, field, segmentation.Pixels),
            BackgroundCounts = particle.Plane(particle.P[0], particle.P[1]),
            ContrastSnr = height / noise,
            EdgeBlurSigmaPx = particle.Blur,
            TouchesBorder = border,
            TouchesNeighbour = touches,
            Counted = counted,
            Flags = flags,
            OutlinePx = options.OutlinePoints == MeasuredPoints ? outline : particle.Outline(options.OutlinePoints, edge),
            LongAxisStartPx = feret.MaxFrom,
            LongAxisEndPx = feret.MaxTo,
        };
    }

    /// <summary>Inverse of the chance that an outline of this width and height, anywhere in the image, lies wholly inside; at most 100.</summary>
    private static double BorderWeight(PointPx[] outline, int width, int height)
    {
        double w = outline.Max(static p => p.XPx) - outline.Min(static p => p.XPx), h = outline.Max(static p => p.YPx) - outline.Min(static p => p.YPx);
        double inside = Math.Max(0, 1 - (w / width)) * Math.Max(0, 1 - (h / height));
        return 1 / Math.Max(inside, 0.01);
    }

    /// <summary>Share of a particle's area where the detector was at its limit.</summary>
    private static double SaturatedFraction(ParticleProfile particle, Raster<byte>? saturated)
    {
        if (saturated is null)
        {
            return 0;
        }

        int inside = 0, full = 0;
        for (int ring = 0; ring < 8; ring++)
        {
            for (int spoke = 0; spoke < 16; spoke++)
            {
                (double s, double c) = Math.SinCos(spoke * Math.PI / 8);
                double r = Math.Sqrt((ring + 0.5) / 8) * particle.RadiusAt(c, s);
                int x = (int)Math.Round(particle.P[0] + (r * c)), y = (int)Math.Round(particle.P[1] + (r * s / particle.Aspect));
                if ((uint)x < (uint)saturated.WidthPx && (uint)y < (uint)saturated.HeightPx)
                {
                    inside++;
                    full += saturated.Row(y)[x];
                }
            }
        }

        return inside == 0 ? 0 : (double)full / inside;
    }

    /// <summary>Whether a particle enters the distribution, with a flag for each reason why not.</summary>
    private static bool Judge(ParticleProfile particle, FieldFit field, SizeOptions options, List<ParticleFlag> flags, double area, double solidity, double diameter, double noise, double feret, double feretSigma)
    {
        double height = particle.P[ParticleProfile.Height], thickness = height / particle.P[ParticleProfile.Radius] / field.TypicalThickness;
        double significance = height * Math.Sqrt(area) / noise;
        int before = flags.Count;
        if (significance < options.MinSnr)
        {
            flags.Add(new ParticleFlag("faint", FormattableString.Invariant($"signal over noise is {significance:F0}, below {options.MinSnr}")));
        }

        if (thickness < options.MinThicknessFraction)
        {
            flags.Add(new ParticleFlag("thin", FormattableString.Invariant($"{100 * thickness:F0} % of the thickness that other particles of its size have: perhaps a bump of the support")));
        }

        if (particle.ResidualRms > options.MaxResidualFraction * height)
        {
            flags.Add(new ParticleFlag("poor-fit", FormattableString.Invariant($"the profile leaves {100 * particle.ResidualRms / height:F0} % of the particle's height unexplained")));
        }

        if (diameter < options.MinDiameterPx)
        {
            flags.Add(new ParticleFlag("small", FormattableString.Invariant($"{diameter:F1} px across, below {options.MinDiameterPx} px")));
        }

        double misfit = particle.ResidualRms / height / field.TypicalMisfit;
        if (thickness > StackedRatio && misfit > StackedMisfitRatio)
        {
            flags.Add(new ParticleFlag("stacked", FormattableString.Invariant($"{thickness:F1} times as bright as other particles of its size and no single profile fits: particles on top of each other that could not be told apart")));
        }

        if (solidity < options.MinSolidityFraction)
        {
            flags.Add(new ParticleFlag("dented", FormattableString.Invariant($"the outline bends inwards (it fills {100 * solidity:F0} % of its convex hull): a cluster that could not be told apart, or debris")));
        }

        if (particle.P[ParticleProfile.Shape] > NoEdgeShape)
        {
            flags.Add(new ParticleFlag("no-edge", "its brightness falls off steadily from the middle, without the edge of a particle: debris, or something out of focus"));
        }

        if (feretSigma > options.MaxSigmaFraction * feret)
        {
            flags.Add(new ParticleFlag("uncertain", FormattableString.Invariant($"the long axis is known to {100 * feretSigma / feret:F0} % only")));
        }

        bool counted = flags.Count == before;
        if (thickness > BrightRatio)
        {
            flags.Add(new ParticleFlag("bright", FormattableString.Invariant($"{thickness:F1} times as bright as other particles of its size: perhaps two on top of each other, or debris")));
        }

        return counted;
    }

    private static bool Touches(ParticleProfile particle, FieldFit field, List<ParticleFlag> flags)
    {
        bool touches = false;
        double worst = 0;
        foreach (ParticleProfile other in field.NeighboursOf(particle, 1.1))
        {
            for (int k = 0; k < 72 && !touches; k++)
            {
                (double s, double c) = Math.SinCos(k * Math.PI / 36);
                double r = particle.RadiusAt(c, s);
                double v = other.NormalDistance(particle.P[0] + (r * c), particle.P[1] + (r * s / particle.Aspect));
                touches = (v - 1) * other.P[ParticleProfile.Radius] < TouchingGapPx;
            }

            worst = Math.Max(worst, FieldFit.OverlapFraction(particle, other));
        }

        if (worst > OverlapFlagFraction)
        {
            flags.Add(new ParticleFlag("overlap", FormattableString.Invariant($"{100 * worst:F0} % of its area lies over another particle")));
        }

        return touches;
    }

    /// <summary>
    /// Standard deviations of long axis and diameter as they are drawn in to the edge: the covariance of the outline's parameters and of shape and
    /// blur, which move an edge placed at a share of the height, and what real bodies differ from the model.
    /// </summary>
    private static (double FeretPx, double DiameterPx) Sigmas(ParticleProfile particle, double[]? covariance, double feretPx, double diameterPx, double angleDeg, EdgePlace edge)
    {
        const int first = ParticleProfile.Radius, shape = 1 + ParticleProfile.HarmonicCount, blur = shape + 1, count = blur + 1;
        if (covariance is null)
        {
            return (edge.RadiusRatio * feretPx, edge.RadiusRatio * diameterPx);
        }

        // Image rows run down, house angles up: the angle of the fit's own frame is the negative.
        double theta = -angleDeg * Math.PI / 180, r = particle.P[first];
        Span<double> byFeret = [feretPx / r, 2 * r * Math.Cos(2 * theta), 2 * r * Math.Sin(2 * theta), 0, 0, 2 * r * Math.Cos(4 * theta), 2 * r * Math.Sin(4 * theta), 2 * r * Math.Cos(6 * theta), 2 * r * Math.Sin(6 * theta), 0, 0];
        Span<double> byDiameter = [diameterPx / r, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        for (int k = 1; k < shape; k++)
        {
            byDiameter[k] = r * particle.P[first + k];
        }

        edge.DrawIn(byFeret, feretPx, r);
        edge.DrawIn(byDiameter, diameterPx, r);
        ReadOnlySpan<int> place = [first, first + 1, first + 2, first + 3, first + 4, first + 5, first + 6, first + 7, first + 8, ParticleProfile.Shape, ParticleProfile.LogBlur];

        double feret = 0, diameter = 0;
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                double c = covariance[(place[i] * ParticleProfile.Count) + place[j]];
                feret += byFeret[i] * c * byFeret[j];
                diameter += byDiameter[i] * c * byDiameter[j];
            }
        }

        double feretFloor = FeretFloorFraction * edge.RadiusRatio * feretPx, diameterFloor = DiameterFloorFraction * edge.RadiusRatio * diameterPx;
        return (Math.Sqrt(Math.Max(0, feret) + (feretFloor * feretFloor)), Math.Sqrt(Math.Max(0, diameter) + (diameterFloor * diameterFloor)));
    }

    /// <summary>Sum of what the image shows above background and neighbours, out to three blurs from the outline.</summary>
    private static double Intensity(ParticleProfile particle, FieldFit field, Raster<float> pixels)
    {
        double reach = particle.LargestRadius + (3 * particle.Blur), outer = 1 + (3 * particle.Blur / particle.P[ParticleProfile.Radius]), sum = 0;
        List<ParticleProfile> neighbours = field.NeighboursOf(particle, 1.0);
        int x0 = Math.Max(0, (int)(particle.P[0] - reach)), x1 = Math.Min(pixels.WidthPx - 1, (int)(particle.P[0] + reach) + 1), across = x1 - x0 + 1;
        int y0 = Math.Max(0, (int)(particle.P[1] - (reach / particle.Aspect))), y1 = Math.Min(pixels.HeightPx - 1, (int)(particle.P[1] + (reach / particle.Aspect)) + 1);
        RowBuffers buffers = new();
        buffers.Hold(Math.Max(0, across));
        for (int y = y0; y <= y1 && across > 0; y++)
        {
            Span<float> own = buffers.Own(across), value = buffers.Value(across), distance = buffers.Distance(across), added = buffers.Added(across);
            pixels.Row(y).Slice(x0, across).CopyTo(value);
            ProfileRow.Distances(particle, y, x0, 1, own);
            foreach (ParticleProfile other in neighbours)
            {
                if (Math.Abs(y - other.P[1]) * particle.Aspect < other.Reach)
                {
                    ProfileRow.Contributions(other, y, x0, 1, distance, added);
                    for (int i = 0; i < across; i++)
                    {
                        value[i] -= added[i];
                    }
                }
            }

            for (int i = 0; i < across; i++)
            {
                sum += own[i] < outer ? value[i] - particle.Plane(x0 + i, y) : 0;
            }
        }

        return sum;
    }
}
