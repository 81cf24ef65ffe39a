using ImageAnalysis.Core;
using ImageAnalysis.Simulation;

namespace ImageAnalysis.Samples;

/// <summary>Reads the HRTEM images of a recipe's sample.</summary>
internal static class RecipeHrtemJson
{
    public static RecipeHrtem Read(JsonPlace hrtem, string folder)
    {
        hrtem.AllowKeys("about", "particles", "images");
        _ = hrtem.Find("about")?.AsText("a text about these images");
        JsonPlace particles = hrtem.Require("particles", "an object that says which particles there are");
        RecipeFields fields = new();
        List<(HrtemCrystal Crystal, int Count)> others = [.. (particles.Find("others")?.AsList("a list of other crystals") ?? []).Select(other => ReadOther(other, folder))];
        HrtemFieldOptions field = ReadField(particles, fields, folder) with { Others = [.. others.Select(other => other.Crystal)] };
        HrtemPopulation population = ReadPopulation(particles, fields) with { OtherCounts = [.. others.Select(other => other.Count)] };
        fields.Check(particles, field.Validate);
        fields.Check(particles, population.Validate);
        if (population.StatisticalFraction > 0 && field.Statistical is null)
        {
            throw new InputException($"{particles.Where}: \"statistical\" is missing; expected the crystal that statistical particles are cut from.");
        }

        JsonPlace list = hrtem.Require("images", "a list of groups of images");
        List<RecipeHrtemImages> images = [.. list.AsList("a list of groups of images").Select(ReadImages)];
        return images.Count > 0 ? new RecipeHrtem(field, population, images) : throw list.Wrong("at least one group of images");
    }

    private static HrtemFieldOptions ReadField(JsonPlace p, RecipeFields f, string folder)
    {
        p.AllowKeys(
            [.. RecipeCrystal.Keys, "fringe_count", "ordered_count", "ordered_probability", "hidden_order_count", "twinned_count", "no_fringe_count", "statistical_fraction", "statistical", "others",
            "diameter_mean_nm", "diameter_sd_nm", "facetted_fraction", "zones", "largest_tilt_deg", "least_depletion_fraction", "largest_depletion_fraction",
            "largest_elongation_fraction", "half_ordered_fraction", "strain_mean_fraction", "strain_sd_fraction", "touching_fraction", "free_gap_nm", "planes", "layers"]);
        CrystalStructure crystal = RecipeCrystal.Read(p, folder).Crystal;
        if (crystal.Sites.FirstOrDefault(site => site.OccupancyFraction is > 0 and < 1) is CrystalSite partly)
        {
            throw p.Require("model", string.Empty).Wrong($"a structure whose sites are filled or empty ({partly.Label} has an occupancy of {partly.OccupancyFraction}); partly filled ones go under \"statistical\"");
        }

        HrtemFieldOptions d = new() { Crystal = crystal };
        d = d with
        {
            DiameterMeanNm = f.Number(p, "diameter_mean_nm", nameof(d.DiameterMeanNm)),
            DiameterSigmaNm = f.Number(p, "diameter_sd_nm", nameof(d.DiameterSigmaNm)),
            FacettedFraction = f.Number(p, "facetted_fraction", nameof(d.FacettedFraction), d.FacettedFraction),
            Zones = f.Triples(p, "zones", nameof(d.Zones), d.Zones),
            Planes = f.Triples(p, "planes", nameof(d.Planes), d.Planes),
            LargestTiltDeg = f.Number(p, "largest_tilt_deg", nameof(d.LargestTiltDeg), d.LargestTiltDeg),
            LeastDepletionFraction = f.Number(p, "least_depletion_fraction", nameof(d.LeastDepletionFraction), d.LeastDepletionFraction),
            LargestDepletionFraction = f.Number(p, "largest_depletion_fraction", nameof(d.LargestDepletionFraction), d.LargestDepletionFraction),
            LargestElongationFraction = f.Number(p, "largest_elongation_fraction", nameof(d.LargestElongationFraction), d.LargestElongationFraction),
            HalfOrderedFraction = f.Number(p, "half_ordered_fraction", nameof(d.HalfOrderedFraction), d.HalfOrderedFraction),
            StrainMeanFraction = f.Number(p, "strain_mean_fraction", nameof(d.StrainMeanFraction), d.StrainMeanFraction),
            StrainSigmaFraction = f.Number(p, "strain_sd_fraction", nameof(d.StrainSigmaFraction), d.StrainSigmaFraction),
            TouchingFraction = f.Number(p, "touching_fraction", nameof(d.TouchingFraction), d.TouchingFraction),
            FreeGapNm = f.Number(p, "free_gap_nm", nameof(d.FreeGapNm), d.FreeGapNm),

            // The population says how many there are.
            ParticleCount = 0,
            OrderedCount = 0,
            Statistical = p.Find("statistical") is JsonPlace statistical ? ReadCrystal(statistical, folder, []) : null,
        };
        return p.Find("layers") is JsonPlace layers ? ReadLayers(layers, f, d) : d;
    }

    private static HrtemFieldOptions ReadLayers(JsonPlace p, RecipeFields f, HrtemFieldOptions field)
    {
        p.AllowKeys("element", "neighbour", "period_count", "per_spacing_count", "displaced", "displacement_angstrom", "shortest_distance_angstrom");
        LayerVacancyOptions d = field.Vacancies;
        return field with
        {
            LayersPerSpacingCount = f.Whole(p, "per_spacing_count", nameof(field.LayersPerSpacingCount), field.LayersPerSpacingCount),
            Vacancies = d with
            {
                AtomicNumber = Element(p, "element", d.AtomicNumber),
                NeighbourAtomicNumber = Element(p, "neighbour", d.NeighbourAtomicNumber),
                PeriodCount = f.Whole(p, "period_count", nameof(d.PeriodCount), d.PeriodCount),
                Displaced = RecipeFields.Choice(p, "displaced", d.Displaced, ("gone", DisplacedAtoms.Gone), ("beyond-face", DisplacedAtoms.BeyondFace)),
                DisplacementAngstrom = f.Number(p, "displacement_angstrom", nameof(d.DisplacementAngstrom), d.DisplacementAngstrom),
                ShortestDistanceAngstrom = f.Number(p, "shortest_distance_angstrom", nameof(d.ShortestDistanceAngstrom), d.ShortestDistanceAngstrom),
            },
        };
    }

    private static int Element(JsonPlace parent, string key, int fallback) => parent.Find(key) is not JsonPlace place
        ? fallback
        : Species.TryParse(place.AsText("the symbol of an element"), out Species species) ? species.AtomicNumber : throw place.Wrong("the symbol of an element, such as \"Cu\"");

    private static (HrtemCrystal Crystal, int Count) ReadOther(JsonPlace place, string folder)
    {
        HrtemCrystal crystal = ReadCrystal(place, folder, ["count"]);
        return (crystal, place.Require("count", "a number of particles").AsWhole(0, 10_000, "a whole number, 0…10000"));
    }

    private static HrtemCrystal ReadCrystal(JsonPlace place, string folder, ReadOnlySpan<string> more)
    {
        place.AllowKeys([.. RecipeCrystal.Keys, "zones", "planes", "shortest_distance_angstrom", .. more]);
        RecipeFields fields = new();
        HrtemCrystal d = new(RecipeCrystal.Read(place, folder).Crystal);
        d = d with
        {
            Zones = fields.Triples(place, "zones", nameof(d.Zones), d.Zones),
            Planes = fields.Triples(place, "planes", nameof(d.Planes), d.Planes),
            ShortestDistanceAngstrom = fields.Number(place, "shortest_distance_angstrom", nameof(d.ShortestDistanceAngstrom), d.ShortestDistanceAngstrom),
        };
        fields.Check(place, d.Validate);
        return d;
    }

    private static HrtemPopulation ReadPopulation(JsonPlace p, RecipeFields f)
    {
        HrtemPopulation d = new();
        if (p.Find("ordered_probability") is JsonPlace probability && p.Find("ordered_count") is not null)
        {
            throw probability.Wrong("either ordered_count or ordered_probability");
        }

        return d with
        {
            FringeCount = f.Whole(p, "fringe_count", nameof(d.FringeCount)),
            OrderedCount = f.Whole(p, "ordered_count", nameof(d.OrderedCount), 0),
            OrderedProbability = f.NumberOrNull(p, "ordered_probability", nameof(d.OrderedProbability)),
            HiddenOrderCount = f.Whole(p, "hidden_order_count", nameof(d.HiddenOrderCount), d.HiddenOrderCount),
            TwinnedCount = f.Whole(p, "twinned_count", nameof(d.TwinnedCount), d.TwinnedCount),
            StatisticalFraction = f.Number(p, "statistical_fraction", nameof(d.StatisticalFraction), d.StatisticalFraction),
            NoFringeCount = f.Whole(p, "no_fringe_count", nameof(d.NoFringeCount), 0),
        };
    }

    private static RecipeHrtemImages ReadImages(JsonPlace g)
    {
        g.AllowKeys(
            "about", "count", "format", "width_px", "height_px", "pixel_nm", "pixel_width_nm", "pixel_height_nm", "margin_nm", "voltage_kv", "slice_nm", "phonon_count", "unknown_b_angstrom2",
            "film", "lens", "detector");
        _ = g.Find("about")?.AsText("a text about these images");
        RecipeFields f = new();
        HrtemOptions d = new();
        (double width, double height) = RecipeJson.ReadPixelSize(g, f, nameof(d.PixelWidthNm), nameof(d.PixelHeightNm));
        d = d with
        {
            WidthPx = f.Whole(g, "width_px", nameof(d.WidthPx), d.WidthPx),
            HeightPx = f.Whole(g, "height_px", nameof(d.HeightPx), d.HeightPx),
            PixelWidthNm = width,
            PixelHeightNm = height,
            MarginNm = f.Number(g, "margin_nm", nameof(d.MarginNm), d.MarginNm),
            VoltageKv = f.Number(g, "voltage_kv", nameof(d.VoltageKv), d.VoltageKv),
            SliceNm = f.Number(g, "slice_nm", nameof(d.SliceNm), d.SliceNm),
            ConfigurationCount = f.Whole(g, "phonon_count", nameof(d.ConfigurationCount), d.ConfigurationCount),
            UnknownBAngstrom2 = f.Number(g, "unknown_b_angstrom2", nameof(d.UnknownBAngstrom2), d.UnknownBAngstrom2),
            Film = g.Find("film") is JsonPlace film ? ReadFilm(film, f, d.Film) : d.Film,
            Lens = g.Find("lens") is JsonPlace lens ? ReadLens(lens, f, d.Lens) : d.Lens,
            Detector = g.Find("detector") is JsonPlace detector ? ReadDetector(detector, f, d.Detector) : d.Detector,
        };
        f.Check(g, d.Validate);
        return new RecipeHrtemImages(
            g.Find("count")?.AsWhole(1, 1000, "a whole number, 1…1000") ?? 1,
            RecipeFields.Choice(g, "format", RecipeImageFormat.Tiff, ("tiff", RecipeImageFormat.Tiff), ("dm3", RecipeImageFormat.Dm3)),
            d);
    }

    private static CarbonFilmOptions ReadFilm(JsonPlace p, RecipeFields f, CarbonFilmOptions d)
    {
        p.AllowKeys("thickness_nm", "density_gram_per_cm3", "shortest_distance_nm", "texture_fraction", "texture_nm", "displacement_sigma_nm");
        return d with
        {
            ThicknessNm = f.Number(p, "thickness_nm", nameof(d.ThicknessNm), d.ThicknessNm),
            DensityGramPerCm3 = f.Number(p, "density_gram_per_cm3", nameof(d.DensityGramPerCm3), d.DensityGramPerCm3),
            ShortestDistanceNm = f.Number(p, "shortest_distance_nm", nameof(d.ShortestDistanceNm), d.ShortestDistanceNm),
            TextureFraction = f.Number(p, "texture_fraction", nameof(d.TextureFraction), d.TextureFraction),
            TextureNm = f.Number(p, "texture_nm", nameof(d.TextureNm), d.TextureNm),
            DisplacementSigmaNm = f.Number(p, "displacement_sigma_nm", nameof(d.DisplacementSigmaNm), d.DisplacementSigmaNm),
        };
    }

    private static ObjectiveLens ReadLens(JsonPlace p, RecipeFields f, ObjectiveLens d)
    {
        p.AllowKeys(
            "defocus_nm", "spherical_aberration_mm", "twofold_astigmatism_nm", "twofold_astigmatism_deg", "threefold_astigmatism_nm", "threefold_astigmatism_deg",
            "focal_spread_nm", "focal_sample_count", "convergence_mrad", "aperture_mrad");
        return d with
        {
            DefocusNm = f.Number(p, "defocus_nm", nameof(d.DefocusNm), d.DefocusNm),
            SphericalAberrationMm = f.Number(p, "spherical_aberration_mm", nameof(d.SphericalAberrationMm), d.SphericalAberrationMm),
            TwofoldAstigmatismNm = f.Number(p, "twofold_astigmatism_nm", nameof(d.TwofoldAstigmatismNm), d.TwofoldAstigmatismNm),
            TwofoldAstigmatismDeg = f.Number(p, "twofold_astigmatism_deg", nameof(d.TwofoldAstigmatismDeg), d.TwofoldAstigmatismDeg),
            ThreefoldAstigmatismNm = f.Number(p, "threefold_astigmatism_nm", nameof(d.ThreefoldAstigmatismNm), d.ThreefoldAstigmatismNm),
            ThreefoldAstigmatismDeg = f.Number(p, "threefold_astigmatism_deg", nameof(d.ThreefoldAstigmatismDeg), d.ThreefoldAstigmatismDeg),
            FocalSpreadNm = f.Number(p, "focal_spread_nm", nameof(d.FocalSpreadNm), d.FocalSpreadNm),
            FocalSampleCount = f.Whole(p, "focal_sample_count", nameof(d.FocalSampleCount), d.FocalSampleCount),
            ConvergenceMrad = f.Number(p, "convergence_mrad", nameof(d.ConvergenceMrad), d.ConvergenceMrad),
            ApertureMrad = f.NumberOrNull(p, "aperture_mrad", nameof(d.ApertureMrad)),
        };
    }

    private static HrtemDetectorOptions ReadDetector(JsonPlace p, RecipeFields f, HrtemDetectorOptions d)
    {
        p.AllowKeys(
            "dose_per_angstrom2", "gain_counts", "offset_counts", "nyquist_transfer_fraction", "read_noise_counts", "shot_noise", "drift_nm", "drift_deg", "vibration_sigma_nm", "hot_pixel_fraction");
        return d with
        {
            DosePerAngstrom2 = f.Number(p, "dose_per_angstrom2", nameof(d.DosePerAngstrom2), d.DosePerAngstrom2),
            GainCounts = f.Number(p, "gain_counts", nameof(d.GainCounts), d.GainCounts),
            OffsetCounts = f.Number(p, "offset_counts", nameof(d.OffsetCounts), d.OffsetCounts),
            NyquistTransferFraction = f.Number(p, "nyquist_transfer_fraction", nameof(d.NyquistTransferFraction), d.NyquistTransferFraction),
            ReadNoiseSigmaCounts = f.Number(p, "read_noise_counts", nameof(d.ReadNoiseSigmaCounts), d.ReadNoiseSigmaCounts),
            ShotNoise = p.Find("shot_noise")?.AsBool() ?? d.ShotNoise,
            DriftNm = f.Number(p, "drift_nm", nameof(d.DriftNm), d.DriftNm),
            DriftDeg = f.Number(p, "drift_deg", nameof(d.DriftDeg), d.DriftDeg),
            VibrationSigmaNm = f.Number(p, "vibration_sigma_nm", nameof(d.VibrationSigmaNm), d.VibrationSigmaNm),
            HotPixelFraction = f.Number(p, "hot_pixel_fraction", nameof(d.HotPixelFraction), d.HotPixelFraction),
        };
    }
}
