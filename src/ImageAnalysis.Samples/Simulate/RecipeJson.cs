using System.Text.Json;
using ImageAnalysis.Simulation;

namespace ImageAnalysis.Samples;

/// <summary>Reads a recipe, version 1. Every key but those named as needed may be left out; its option's default then holds.</summary>
internal static class RecipeJson
{
    /// <param name="recipe">The whole file.</param>
    /// <param name="folder">The folder that structures are looked for from.</param>
    public static Recipe Read(JsonPlace recipe, string folder)
    {
        recipe.AllowKeys("version", "about", "samples");
        JsonPlace version = recipe.Require("version", "1");
        if (version.Kind != JsonValueKind.Number || version.Text != "1")
        {
            throw version.Wrong("1, the version of recipes that this program reads");
        }

        _ = recipe.Find("about")?.AsText("a text about the recipe");
        JsonPlace list = recipe.Require("samples", "a list of samples");
        List<RecipeSample> samples = [];
        foreach (JsonPlace entry in list.AsList("a list of samples"))
        {
            samples.Add(ReadSample(entry, samples, folder));
        }

        return samples.Count > 0 ? new Recipe(samples) : throw list.Wrong("at least one sample");
    }

    private static RecipeSample ReadSample(JsonPlace entry, List<RecipeSample> before, string folder)
    {
        entry.AllowKeys("name", "about", "seed", "models", "phonon_per_cm", "haadf", "hrtem", "pxrd");
        _ = entry.Find("about")?.AsText("a text about the sample");
        JsonPlace place = entry.Require("name", "the sample's name");
        string name = place.AsText("the sample's name");

        // The name becomes a folder and the beginning of file names on every system.
        if (name.Length > 60 || name.StartsWith('.') || name.EndsWith('.') || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '+'))
        {
            throw place.Wrong("up to 60 letters (a-z), digits, and - _ + . inside the name");
        }

        if (name.Equals("truth", StringComparison.OrdinalIgnoreCase) || before.Exists(other => other.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
        {
            throw place.Wrong("a name that no other sample has, and not \"truth\"");
        }

        int seed = entry.Require("seed", "a whole number").AsWhole(0, int.MaxValue, $"a whole number, 0…{int.MaxValue}");
        const string haadfGroups = "a list of groups of HAADF-STEM images", patterns = "a list of groups of powder patterns";
        RecipeSample sample = new(name, seed, ReadGroups(entry.Find("haadf"), haadfGroups, ReadHaadf))
        {
            Hrtem = entry.Find("hrtem") is JsonPlace hrtem ? RecipeHrtemJson.Read(hrtem, folder) : null,
            Pxrd = ReadGroups(entry.Find("pxrd"), patterns, pattern => RecipePxrdJson.Read(pattern, folder)),
            Models = [.. (entry.Find("models")?.AsList("a list of structures") ?? []).Select(model => model.AsText("the path of a structure (CIF)"))],
            PhononPerCm = entry.Find("phonon_per_cm")?.AsPositive("a wavenumber above 0 in cm⁻¹"),
        };
        return sample.Haadf.Count > 0 || sample.Hrtem is not null || sample.Pxrd.Count > 0
            ? sample
            : throw new InputException($"{entry.Where}: the sample has no images and no patterns; expected \"haadf\", \"hrtem\" or \"pxrd\".");
    }

    private static List<T> ReadGroups<T>(JsonPlace? list, string what, Func<JsonPlace, T> read)
    {
        List<T> groups = [.. (list?.AsList(what) ?? []).Select(read)];
        return list is not null && groups.Count == 0 ? throw list.Wrong("at least one group") : groups;
    }

    private static RecipeHaadf ReadHaadf(JsonPlace group)
    {
        group.AllowKeys(
            "about", "count", "width_px", "height_px", "pixel_nm", "pixel_width_nm", "pixel_height_nm", "z_exponent", "particles", "support", "probe", "detector", "scan");
        _ = group.Find("about")?.AsText("a text about these images");
        int count = group.Find("count")?.AsWhole(1, 1000, "a whole number, 1…1000") ?? 1;
        JsonPlace particles = group.Require("particles", "an object that says which particles there are");
        RecipeFields fields = new();
        HaadfFieldOptions field = ReadField(particles, fields);
        fields.Check(particles, field.Validate);
        HaadfOptions image = ReadImage(group, fields);
        if (particles.Find("material") is JsonPlace material)
        {
            image = image with { Particle = ReadMaterial(material) };
        }

        fields.Check(group, image.Validate);
        return new RecipeHaadf(count, field, image);
    }

    private static HaadfFieldOptions ReadField(JsonPlace p, RecipeFields f)
    {
        p.AllowKeys(
            "count", "long_axis_mean_nm", "long_axis_sd_nm", "cube_face_ratio", "face_scatter_fraction", "elongation_fraction", "edge_exponent",
            "touching_fraction", "overlap_fraction", "contact_gap_nm", "free_gap_nm", "debris_count", "material");
        HaadfFieldOptions d = new();
        return d with
        {
            ParticleCount = f.Whole(p, "count", nameof(d.ParticleCount)),
            LongAxisMeanNm = f.Number(p, "long_axis_mean_nm", nameof(d.LongAxisMeanNm)),
            LongAxisSigmaNm = f.Number(p, "long_axis_sd_nm", nameof(d.LongAxisSigmaNm)),
            CubeFaceRatio = f.Number(p, "cube_face_ratio", nameof(d.CubeFaceRatio), d.CubeFaceRatio),
            FaceScatterFraction = f.Number(p, "face_scatter_fraction", nameof(d.FaceScatterFraction), d.FaceScatterFraction),
            ElongationFraction = f.Number(p, "elongation_fraction", nameof(d.ElongationFraction), d.ElongationFraction),
            EdgeExponent = f.Whole(p, "edge_exponent", nameof(d.EdgeExponent), d.EdgeExponent),
            TouchingFraction = f.Number(p, "touching_fraction", nameof(d.TouchingFraction), d.TouchingFraction),
            OverlapFraction = f.Number(p, "overlap_fraction", nameof(d.OverlapFraction), d.OverlapFraction),
            ContactGapNm = f.Number(p, "contact_gap_nm", nameof(d.ContactGapNm), d.ContactGapNm),
            FreeGapNm = f.Number(p, "free_gap_nm", nameof(d.FreeGapNm), d.FreeGapNm),
            DebrisCount = f.Whole(p, "debris_count", nameof(d.DebrisCount), d.DebrisCount),
        };
    }

    private static HaadfOptions ReadImage(JsonPlace g, RecipeFields f)
    {
        HaadfOptions d = new();
        d = ReadPixel(g, f, d) with
        {
            WidthPx = f.Whole(g, "width_px", nameof(d.WidthPx), d.WidthPx),
            HeightPx = f.Whole(g, "height_px", nameof(d.HeightPx), d.HeightPx),
            ZExponentRatio = f.Number(g, "z_exponent", nameof(d.ZExponentRatio), d.ZExponentRatio),
        };
        if (g.Find("support") is JsonPlace s)
        {
            s.AllowKeys(
                "thickness_nm", "ramp_fraction", "ramp_deg", "waviness_fraction", "waviness_nm", "grain_fraction", "contamination_nm", "scattering_per_nm", "material");
            d = d with
            {
                SupportThicknessNm = f.Number(s, "thickness_nm", nameof(d.SupportThicknessNm), d.SupportThicknessNm),
                SupportRampFraction = f.Number(s, "ramp_fraction", nameof(d.SupportRampFraction), d.SupportRampFraction),
                SupportRampDeg = f.Number(s, "ramp_deg", nameof(d.SupportRampDeg), d.SupportRampDeg),
                SupportWavinessFraction = f.Number(s, "waviness_fraction", nameof(d.SupportWavinessFraction), d.SupportWavinessFraction),
                SupportWavinessNm = f.Number(s, "waviness_nm", nameof(d.SupportWavinessNm), d.SupportWavinessNm),
                SupportGrainFraction = f.Number(s, "grain_fraction", nameof(d.SupportGrainFraction), d.SupportGrainFraction),
                ContaminationNm = f.Number(s, "contamination_nm", nameof(d.ContaminationNm), d.ContaminationNm),
                SupportScatteringPerNm = f.Number(s, "scattering_per_nm", nameof(d.SupportScatteringPerNm), d.SupportScatteringPerNm),
                Support = s.Find("material") is JsonPlace material ? ReadMaterial(material) : d.Support,
            };
        }

        return ReadMicroscope(g, f, d);
    }

    private static HaadfOptions ReadMicroscope(JsonPlace g, RecipeFields f, HaadfOptions d)
    {
        if (g.Find("probe") is JsonPlace p)
        {
            p.AllowKeys("sigma_nm", "source_sigma_nm", "tail_fraction", "tail_sigma_nm");
            d = d with
            {
                ProbeSigmaNm = f.Number(p, "sigma_nm", nameof(d.ProbeSigmaNm), d.ProbeSigmaNm),
                SourceSigmaNm = f.Number(p, "source_sigma_nm", nameof(d.SourceSigmaNm), d.SourceSigmaNm),
                TailFraction = f.Number(p, "tail_fraction", nameof(d.TailFraction), d.TailFraction),
                TailSigmaNm = f.Number(p, "tail_sigma_nm", nameof(d.TailSigmaNm), d.TailSigmaNm),
            };
        }

        if (g.Find("detector") is JsonPlace t)
        {
            t.AllowKeys("dose_per_angstrom2", "gain_counts", "offset_counts", "dark_noise_counts", "hot_pixel_fraction", "shot_noise");
            d = d with
            {
                DosePerAngstrom2 = f.Number(t, "dose_per_angstrom2", nameof(d.DosePerAngstrom2), d.DosePerAngstrom2),
                GainCounts = f.Number(t, "gain_counts", nameof(d.GainCounts), d.GainCounts),
                OffsetCounts = f.Number(t, "offset_counts", nameof(d.OffsetCounts), d.OffsetCounts),
                DarkNoiseSigmaCounts = f.Number(t, "dark_noise_counts", nameof(d.DarkNoiseSigmaCounts), d.DarkNoiseSigmaCounts),
                HotPixelFraction = f.Number(t, "hot_pixel_fraction", nameof(d.HotPixelFraction), d.HotPixelFraction),
                ShotNoise = t.Find("shot_noise")?.AsBool() ?? d.ShotNoise,
            };
        }

        if (g.Find("scan") is JsonPlace s)
        {
            s.AllowKeys("row_offset_counts", "row_flicker_fraction", "row_jitter_px", "drift_x_nm", "drift_y_nm");
            d = d with
            {
                RowOffsetSigmaCounts = f.Number(s, "row_offset_counts", nameof(d.RowOffsetSigmaCounts), d.RowOffsetSigmaCounts),
                RowFlickerFraction = f.Number(s, "row_flicker_fraction", nameof(d.RowFlickerFraction), d.RowFlickerFraction),
                RowJitterSigmaPx = f.Number(s, "row_jitter_px", nameof(d.RowJitterSigmaPx), d.RowJitterSigmaPx),
                DriftXNm = f.Number(s, "drift_x_nm", nameof(d.DriftXNm), d.DriftXNm),
                DriftYNm = f.Number(s, "drift_y_nm", nameof(d.DriftYNm), d.DriftYNm),
            };
        }

        return d;
    }

    private static HaadfOptions ReadPixel(JsonPlace g, RecipeFields f, HaadfOptions d)
    {
        (double width, double height) = ReadPixelSize(g, f, nameof(d.PixelWidthNm), nameof(d.PixelHeightNm));
        return d with { PixelWidthNm = width, PixelHeightNm = height };
    }

    /// <summary>The pixel size: one key for square pixels, or two.</summary>
    internal static (double WidthNm, double HeightNm) ReadPixelSize(JsonPlace g, RecipeFields f, string widthOption, string heightOption)
    {
        if (g.Find("pixel_nm") is JsonPlace pixel)
        {
            if ((g.Find("pixel_width_nm") ?? g.Find("pixel_height_nm")) is JsonPlace second)
            {
                throw second.Wrong("either pixel_nm, or pixel_width_nm and pixel_height_nm");
            }

            _ = pixel.AsNumber("a number");
            return (f.Number(g, "pixel_nm", widthOption), f.Number(g, "pixel_nm", heightOption));
        }

        if ((g.Find("pixel_width_nm") ?? g.Find("pixel_height_nm")) is null)
        {
            throw new InputException($"{g.Where}: no pixel size; expected pixel_nm, or pixel_width_nm and pixel_height_nm.");
        }

        return (f.Number(g, "pixel_width_nm", widthOption), f.Number(g, "pixel_height_nm", heightOption));
    }

    private static HaadfMaterial ReadMaterial(JsonPlace place)
    {
        place.AllowKeys("name", "cell_edge_angstrom", "atoms");
        RecipeFields fields = new();
        List<CellAtoms> atoms = [];
        foreach (JsonPlace entry in place.Require("atoms", "a list of { z, per_cell }").AsList("a list of { z, per_cell }"))
        {
            entry.AllowKeys("z", "per_cell");
            atoms.Add(new CellAtoms(
                entry.Require("z", "an atomic number, 1…118").AsWhole(1, 118, "an atomic number, 1…118"),
                entry.Require("per_cell", "a number above 0").AsPositive("a number above 0")));
        }

        HaadfMaterial material = new()
        {
            Name = place.Require("name", "the material's name").AsText("the material's name"),
            CellEdgeAngstrom = fields.Number(place, "cell_edge_angstrom", nameof(HaadfMaterial.CellEdgeAngstrom)),
            Atoms = atoms,
        };
        fields.Check(place, material.Validate);
        return material;
    }
}
