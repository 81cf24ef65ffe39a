using ImageAnalysis.Core;
using ImageAnalysis.Simulation;

namespace ImageAnalysis.Samples;

/// <summary>Reads the powder patterns of a recipe's sample.</summary>
internal static class RecipePxrdJson
{
    public static RecipePxrd Read(JsonPlace g, string folder)
    {
        g.AllowKeys(
            [.. RecipeCrystal.Keys, "about", "count", "format", "method", "size_nm", "size_sd_nm", "strain_fraction", "microstrain_fraction", "first_two_theta_deg", "last_two_theta_deg", "step_deg",
            "anomalous", "unknown_b_angstrom2", "instrument_fwhm_deg", "zero_shift_deg", "displacement_mm", "goniometer_radius_mm", "peak_counts", "background_counts", "holder", "halo", "counting_noise"]);
        _ = g.Find("about")?.AsText("a text about these patterns");
        (string model, CrystalStructure crystal) = RecipeCrystal.Read(g, folder);
        RecipeFields f = new();
        PowderSampleOptions d = new();
        d = d with
        {
            Method = RecipeFields.Choice(g, "method", d.Method, ("bragg", PowderMethod.Bragg), ("debye", PowderMethod.Debye)),
            SizeNm = f.Number(g, "size_nm", nameof(d.SizeNm)),
            SizeSigmaNm = f.Number(g, "size_sd_nm", nameof(d.SizeSigmaNm), d.SizeSigmaNm),
            StrainFraction = f.Number(g, "strain_fraction", nameof(d.StrainFraction), d.StrainFraction),
            MicrostrainFraction = f.Number(g, "microstrain_fraction", nameof(d.MicrostrainFraction), d.MicrostrainFraction),
            FirstTwoThetaDeg = f.Number(g, "first_two_theta_deg", nameof(d.FirstTwoThetaDeg), d.FirstTwoThetaDeg),
            LastTwoThetaDeg = f.Number(g, "last_two_theta_deg", nameof(d.LastTwoThetaDeg), d.LastTwoThetaDeg),
            StepDeg = f.Number(g, "step_deg", nameof(d.StepDeg), d.StepDeg),
            Anomalous = g.Find("anomalous")?.AsBool() ?? d.Anomalous,
            UnknownBAngstrom2 = f.Number(g, "unknown_b_angstrom2", nameof(d.UnknownBAngstrom2), d.UnknownBAngstrom2),
            InstrumentFwhmDeg = f.Number(g, "instrument_fwhm_deg", nameof(d.InstrumentFwhmDeg), d.InstrumentFwhmDeg),
            ZeroShiftDeg = f.Number(g, "zero_shift_deg", nameof(d.ZeroShiftDeg), d.ZeroShiftDeg),
            DisplacementMm = f.Number(g, "displacement_mm", nameof(d.DisplacementMm), d.DisplacementMm),
            GoniometerRadiusMm = f.Number(g, "goniometer_radius_mm", nameof(d.GoniometerRadiusMm), d.GoniometerRadiusMm),
            PeakCounts = f.Number(g, "peak_counts", nameof(d.PeakCounts), d.PeakCounts),
            BackgroundCounts = f.Numbers(g, "background_counts", nameof(d.BackgroundCounts), d.BackgroundCounts),
            Holder = ReadBump(g, "holder", f, nameof(d.Holder)),
            Halo = ReadBump(g, "halo", f, nameof(d.Halo)),
            CountingNoise = g.Find("counting_noise")?.AsBool() ?? d.CountingNoise,
        };
        f.Check(g, d.Validate);
        return new RecipePxrd(
            g.Find("count")?.AsWhole(1, 100, "a whole number, 1…100") ?? 1,
            RecipeFields.Choice(g, "format", RecipePatternFormat.Ras, ("ras", RecipePatternFormat.Ras), ("xy", RecipePatternFormat.Xy)),
            model, crystal, d);
    }

    private static PatternBump? ReadBump(JsonPlace parent, string key, RecipeFields f, string option)
    {
        if (parent.Find(key) is not JsonPlace bump)
        {
            return null;
        }

        bump.AllowKeys("height_counts", "two_theta_deg", "fwhm_deg");
        return new PatternBump(
            f.Number(bump, "height_counts", option + nameof(PatternBump.HeightCounts)),
            f.Number(bump, "two_theta_deg", option + nameof(PatternBump.TwoThetaDeg)),
            f.Number(bump, "fwhm_deg", option + nameof(PatternBump.FwhmDeg)));
    }
}
