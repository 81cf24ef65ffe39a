using ImageAnalysis.Imaging;

namespace ImageAnalysis.Simulation;

/// <summary>Puts particles on the film: some against each other, the others apart.</summary>
internal static class FieldPlacement
{
    private const int AttemptsPerParticle = 4000;

    private readonly record struct Placed(double XNm, double YNm, ConvexBody Body, ConvexOutline Outline);

    public static (List<HaadfParticle> Particles, List<HaadfParticle> Debris, List<HaadfDebrisTruth> DebrisTruth) Place(
        HaadfFieldOptions field, HaadfOptions image, ulong seed)
    {
        var shapes = new RandomStream(seed, "shapes");
        var places = new RandomStream(seed, "places");
        double widthNm = image.WidthPx * image.PixelWidthNm;
        double heightNm = image.HeightPx * image.PixelHeightNm;
        List<HaadfParticle> debris = [];
        List<HaadfDebrisTruth> debrisTruth = [];
        List<(double XNm, double YNm, double RadiusNm)> clumps = [];
        for (int i = 0; i < field.DebrisCount; i++)
        {
            PlaceClump(field, image, seed, i, debris, debrisTruth, clumps);
        }

        List<Placed> placed = [];
        List<bool> inContact = [];
        int contacts = 0;
        for (int i = 0; i < field.ParticleCount; i++)
        {
            double longNm = field.LongAxisMeanNm + (field.LongAxisSigmaNm * CutGaussian(shapes));
            (ConvexBody body, ConvexOutline outline) = Crystal(field, longNm, shapes);
            bool attach = i > 0 && contacts < field.TouchingFraction * (i + 1);
            int partner = -1;
            Placed candidate = default;
            bool found = false;
            for (int attempt = 0; attempt < AttemptsPerParticle && !found; attempt++)
            {
                // A field too crowded for one more contact still takes a free particle.
                bool attachNow = attach && attempt < AttemptsPerParticle / 2;
                if (attachNow)
                {
                    partner = places.NextIndex(placed.Count);
                    if (inContact[partner] && places.NextUniform() < 0.7)
                    {
                        continue; // pairs are commoner than chains
                    }

                    candidate = Beside(placed[partner], body, outline, field, places);
                }
                else
                {
                    partner = -1;
                    double r = outline.RadiusNm;
                    candidate = new Placed(places.NextUniform(-r, widthNm + r), places.NextUniform(-r, heightNm + r), body, outline);
                }

                found = ReachesImage(candidate, widthNm, heightNm) && IsFree(candidate, placed, partner, field.FreeGapNm) && ClearOf(candidate, clumps, field.FreeGapNm);
            }

            if (!found)
            {
                throw new ArgumentException(
                    $"ParticleCount is {field.ParticleCount}, but only {i} particles found room in {widthNm:0.#} × {heightNm:0.#} nm with FreeGapNm {field.FreeGapNm}: ask for fewer.",
                    nameof(field));
            }

            placed.Add(candidate);
            inContact.Add(partner >= 0);
            contacts += partner >= 0 ? 1 : 0;
            if (partner >= 0 && !inContact[partner])
            {
                inContact[partner] = true;
                contacts++;
            }
        }

        List<HaadfParticle> particles = placed.ConvertAll(p => new HaadfParticle(ToPixel(p.XNm, p.YNm, image), p.Body, p.Outline));
        return (particles, debris, debrisTruth);
    }

    /// <summary>A normal number cut at ±2.9: no particle of a wide distribution gets a size near 0.</summary>
    private static double CutGaussian(RandomStream random)
    {
        double g;
        do
        {
            g = random.NextGaussian();
        }
        while (Math.Abs(g) > 2.9);
        return g;
    }

    private static (ConvexBody Body, ConvexOutline Outline) Crystal(HaadfFieldOptions field, double longNm, RandomStream shapes)
    {
        ConvexBody body = RandomCrystal.Draw(field, shapes);
        ConvexOutline outline = ConvexOutline.Of(body);
        double factor = longNm / outline.FeretMaxNm;
        return (body.Scale(factor), outline.Scale(factor));
    }

    /// <summary>(0, 0) nm is the top-left corner of the image, half a pixel before the first pixel's centre.</summary>
    private static PointPx ToPixel(double xNm, double yNm, HaadfOptions image) => new((xNm / image.PixelWidthNm) - 0.5, (yNm / image.PixelHeightNm) - 0.5);

    private static Placed Beside(Placed partner, ConvexBody body, ConvexOutline outline, HaadfFieldOptions field, RandomStream places)
    {
        (double sin, double cos) = PortableMath.SinCos(places.NextUniform(0.0, 2.0 * Math.PI));
        double deepest = field.OverlapFraction * Math.Min(outline.FeretMinNm, partner.Outline.FeretMinNm);
        double gap = places.NextUniform(-deepest, 0.8 * field.ContactGapNm);

        // The gap grows with the distance: halve the bracket.
        double low = 0.0, high = partner.Outline.RadiusNm + outline.RadiusNm + field.ContactGapNm;
        for (int i = 0; i < 30; i++)
        {
            double middle = 0.5 * (low + high);
            if (ConvexOutline.Gap(partner.Outline, outline, middle * cos, middle * sin) < gap)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return new Placed(partner.XNm + (high * cos), partner.YNm + (high * sin), body, outline);
    }

    /// <summary>Whether at least a twentieth of the diameter reaches into the image, in x and in y.</summary>
    private static bool ReachesImage(Placed p, double widthNm, double heightNm)
    {
        double reach = 0.45 * p.Outline.FeretMinNm;
        return p.XNm > -reach && p.YNm > -reach && p.XNm < widthNm + reach && p.YNm < heightNm + reach;
    }

    private static bool IsFree(Placed candidate, List<Placed> placed, int partner, double freeGapNm)
    {
        for (int i = 0; i < placed.Count; i++)
        {
            if (i == partner)
            {
                continue;
            }

            double dx = placed[i].XNm - candidate.XNm, dy = placed[i].YNm - candidate.YNm;
            double far = candidate.Outline.RadiusNm + placed[i].Outline.RadiusNm + freeGapNm;
            if ((dx * dx) + (dy * dy) < far * far && ConvexOutline.Gap(candidate.Outline, placed[i].Outline, dx, dy) < freeGapNm)
            {
                return false;
            }
        }

        return true;
    }

    private static bool ClearOf(Placed candidate, List<(double XNm, double YNm, double RadiusNm)> clumps, double freeGapNm)
    {
        foreach ((double x, double y, double radius) in clumps)
        {
            double dx = x - candidate.XNm, dy = y - candidate.YNm;
            double far = candidate.Outline.RadiusNm + radius + freeGapNm;
            if ((dx * dx) + (dy * dy) < far * far)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A clump: three to eight stretched bodies, one to two times a particle's size, piled about a place.</summary>
    private static void PlaceClump(
        HaadfFieldOptions field,
        HaadfOptions image,
        ulong seed,
        int number,
        List<HaadfParticle> debris,
        List<HaadfDebrisTruth> truth,
        List<(double XNm, double YNm, double RadiusNm)> clumps)
    {
        var random = new RandomStream(seed, "debris" + (char)('0' + number));
        double x = random.NextUniform(0.0, image.WidthPx * image.PixelWidthNm);
        double y = random.NextUniform(0.0, image.HeightPx * image.PixelHeightNm);
        int count = 3 + random.NextIndex(6);
        double spread = 0.7 * field.LongAxisMeanNm;
        double radius = 0.0;
        HaadfFieldOptions rough = field with { FaceScatterFraction = 0.2, ElongationFraction = 0.8 };
        for (int i = 0; i < count; i++)
        {
            (ConvexBody body, ConvexOutline outline) = Crystal(rough, field.LongAxisMeanNm * random.NextUniform(1.0, 2.0), random);
            double dx = spread * random.NextGaussian(), dy = spread * random.NextGaussian();
            radius = Math.Max(radius, Math.Sqrt((dx * dx) + (dy * dy)) + outline.RadiusNm);
            debris.Add(new HaadfParticle(ToPixel(x + dx, y + dy, image), body, outline));
        }

        clumps.Add((x, y, radius));
        truth.Add(new HaadfDebrisTruth(ToPixel(x, y, image), 2.0 * radius));
    }
}
