using System.Text.Json;
using ImageAnalysis.Core;

namespace ImageAnalysis.Samples;

/// <summary>Writes a powder fit as <c>fit.json</c>: what <c>ima pxrd fit --out</c> makes, and <c>fits/SAMPLE.json</c> of a results folder.</summary>
/// <remarks>Equal fits give equal bytes: the file holds no time and no path of the machine but those that the caller gives.</remarks>
public static class FitJson
{
    private const int Version = 1;

    /// <summary>The groups of copper sites of Cu₂Se (space group 225) that every file names, so that tables of several samples have the same columns.</summary>
    private static readonly string[] _copperGroups = ["8c", "4b", "24e", "32f"];

    private const string Copper = "Cu";

    /// <summary>Writes a fit.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="input">What it was made from.</param>
    /// <returns>
    /// The JSON in UTF-8, indented. <c>cu_per_cell</c> always has the keys 8c, 4b, 24e and 32f, then those of other copper sites: 0 for a site that the structure does not have, and <c>null</c>
    /// for all four where the structure has copper on none of them, which is then another crystal. An error that is not known is <c>null</c>.
    /// </returns>
    public static byte[] Write(PowderFit fit, FitInput input)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(input);
        using MemoryStream stream = new();
        JsonText.Write(stream, indented: true, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteString("pattern_sha256", input.PatternSha256);
            json.WriteString("pattern", input.Pattern);
            json.WriteBoolean("simulated", input.IsSimulated);
            json.WriteString("model", input.Model);
            WriteBest(json, fit);
            WriteRivals(json, fit);
            WriteTexts(json, "not_identifiable", fit.NotIdentifiable);
            WriteTexts(json, "warnings", fit.Warnings);
            json.WriteString("failure", fit.Failure);
            WriteComparisons(json, fit, input);
            WriteIntervals(json, fit);
            WriteConditions(json, fit);
            json.Number("expected_size_angstrom", input.ExpectedSizeAngstrom);
            WriteHalfOrder(json, fit.HalfOrder);
            json.WriteString("program", "ima");
            json.WriteString("program_version", input.ProgramVersion);
            json.WriteEndObject();
        });
        return stream.ToArray();
    }

    private static void WriteBest(Utf8JsonWriter json, PowderFit fit)
    {
        PowderSolution best = fit.Best;
        json.WriteStartObject("best");
        json.WriteString("name", best.Name);
        json.WriteNumber("bic", best.Bic);
        json.WriteNumber("chi2", best.Chi2);
        json.WriteNumber("reduced_chi2", best.ReducedChi2);
        json.WriteNumber("rwp_percent", best.RwpPercent);
        WriteNumbers(json, best);
        json.WriteString("peak_shape", ShapeOf(best));
        WriteSites(json, best);
        WriteParameters(json, best);
        WriteDerived(json, best);
        json.WriteStartObject("correlations");
        WriteTexts(json, "names", best.CorrelationNames);
        json.WriteStartArray("values");
        foreach (IReadOnlyList<double> row in best.CorrelationRatio)
        {
            json.WriteStartArray();
            foreach (double value in row)
            {
                json.Number(Finite(value));
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>What the best solution and its rivals say in the same words: cell, size, copper.</summary>
    private static void WriteNumbers(Utf8JsonWriter json, PowderSolution solution)
    {
        json.WriteNumber("a_angstrom", solution.AAngstrom);
        json.Number("a_sigma_angstrom", Finite(solution.ASigmaAngstrom));
        json.WriteNumber("size_angstrom", solution.SizeAngstrom);
        json.Number("size_sigma_angstrom", Finite(solution.SizeSigmaAngstrom));
        IReadOnlyDictionary<string, (double AtomsPerCell, double? SigmaPerCell)> atoms = solution.AtomsByGroup(Copper);
        double? absent = _copperGroups.Any(atoms.ContainsKey) ? 0 : null;
        string[] groups = [.. _copperGroups, .. atoms.Keys.Except(_copperGroups)];
        json.WriteStartObject("cu_per_cell");
        foreach (string group in groups)
        {
            json.Number(group, atoms.TryGetValue(group, out (double AtomsPerCell, double? SigmaPerCell) found) ? found.AtomsPerCell : absent);
        }

        json.WriteEndObject();
        json.WriteStartObject("cu_sigma_per_cell");
        foreach (string group in groups)
        {
            json.Number(group, Finite(atoms.GetValueOrDefault(group).SigmaPerCell));
        }

        json.WriteEndObject();
    }

    private static void WriteSites(Utf8JsonWriter json, PowderSolution solution)
    {
        json.WriteStartArray("sites");
        foreach (SiteOccupancy site in solution.Sites)
        {
            json.WriteStartObject();
            json.WriteString("label", site.Label);
            json.WriteString("group", site.Group);
            json.WriteString("element", site.Element);
            json.WriteNumber("multiplicity", site.MultiplicityCount);
            json.WriteNumber("occupancy", site.OccupancyFraction);
            json.Number("occupancy_sigma", Finite(site.OccupancySigmaFraction));
            json.Number("occupancy_sigma_of_this_family", Finite(site.ConditionalSigmaFraction));
            json.WriteNumber("atoms_per_cell", site.AtomsPerCell);
            json.Number("atoms_sigma_per_cell", Finite(site.AtomsSigmaPerCell));
            json.WriteBoolean("free", site.IsFree);
            json.WriteBoolean("at_bound", site.IsAtBound);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteParameters(Utf8JsonWriter json, PowderSolution solution)
    {
        json.WriteStartArray("parameters");
        foreach (FitParameter parameter in solution.Parameters)
        {
            json.WriteStartObject();
            json.WriteString("name", parameter.Name);
            json.Number("value", Finite(parameter.Value));
            json.Number("sigma", Finite(parameter.Sigma));
            json.WriteString("unit", parameter.Unit);
            json.WriteBoolean("fixed", parameter.IsFixed);
            json.WriteBoolean("at_bound", parameter.IsAtBound);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteDerived(Utf8JsonWriter json, PowderSolution solution)
    {
        json.WriteStartArray("derived");
        foreach (DerivedValue derived in solution.Derived)
        {
            json.WriteStartObject();
            json.WriteString("name", derived.Name);
            json.WriteNumber("value", derived.ValueRatio);
            json.Number("sigma", Finite(derived.SigmaRatio));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteRivals(Utf8JsonWriter json, PowderFit fit)
    {
        json.WriteStartArray("rivals");
        foreach (RivalSolution rival in fit.Rivals)
        {
            json.WriteStartObject();
            json.WriteString("name", rival.Solution.Name);
            json.WriteNumber("delta_chi2", rival.DeltaChi2);
            json.WriteNumber("delta_bic", rival.DeltaBic);
            WriteNumbers(json, rival.Solution);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteComparisons(Utf8JsonWriter json, PowderFit fit, FitInput input)
    {
        json.WriteStartArray("families");
        foreach (FamilyComparison family in fit.Families)
        {
            json.WriteStartObject();
            json.WriteString("name", family.Name);
            json.WriteNumber("chi2", family.Chi2);
            json.WriteNumber("bic", family.Bic);
            json.WriteNumber("delta_bic", family.DeltaBic);
            json.WriteNumber("parameters", family.ParameterCount);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("other_models");
        foreach (OtherModel other in input.OtherModels)
        {
            json.WriteStartObject();
            json.WriteString("model", other.Model);
            json.WriteString("name", other.Fit.Best.Name);
            json.WriteNumber("delta_chi2", other.Fit.Best.Chi2 - fit.Best.Chi2);
            json.WriteNumber("delta_bic", other.Fit.Best.Bic - fit.Best.Bic);
            WriteNumbers(json, other.Fit.Best);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteIntervals(Utf8JsonWriter json, PowderFit fit)
    {
        json.WriteStartArray("intervals");
        foreach (OccupancyInterval interval in fit.Intervals)
        {
            json.WriteStartObject();
            json.WriteString("site", interval.Label);
            json.WriteNumber("low_per_cell", interval.LowPerCell);
            json.WriteNumber("high_per_cell", interval.HighPerCell);
            json.WriteNumber("confidence_percent", 95);
            json.WriteString("kind", interval.Kind == IntervalKind.Profile ? "profile" : "bootstrap");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>What the numbers rest on: tables, radiation, weights.</summary>
    private static void WriteConditions(Utf8JsonWriter json, PowderFit fit)
    {
        json.WriteString("scattering", fit.Scattering);
        json.WriteStartObject("wavelengths");
        json.WriteNumber("alpha1_angstrom", fit.Wavelengths.Alpha1Angstrom);
        json.Number("alpha2_angstrom", fit.Wavelengths.Alpha2Angstrom);
        json.Number("alpha2_ratio", fit.Wavelengths.Alpha2Ratio);
        json.WriteString("anode", fit.Wavelengths.KAlphaElement ?? fit.Wavelengths.Anode);
        json.WriteEndObject();
        json.WriteString("weights", WeightsOf(fit.SigmaBasis));
        json.WriteNumber("error_factor", fit.ErrorFactorRatio);
        json.WriteNumber("points", fit.Curve.TwoThetaDeg.Count);
        json.WriteNumber("first_two_theta_deg", fit.Curve.TwoThetaDeg[0]);
        json.WriteNumber("last_two_theta_deg", fit.Curve.TwoThetaDeg[^1]);
    }

    /// <summary>The line ½½½ of vacancy order; <c>null</c> for a crystal in which it means nothing.</summary>
    private static void WriteHalfOrder(Utf8JsonWriter json, HalfOrderLine? line)
    {
        if (line is null)
        {
            json.WriteNull("half_order_line");
            return;
        }

        json.WriteStartObject("half_order_line");
        json.WriteNumber("expected_two_theta_deg", line.ExpectedTwoThetaDeg);
        json.WriteBoolean("covered", line.IsCovered);
        json.WriteBoolean("found", line.IsFound);
        json.Number("two_theta_deg", line.IsFound ? line.TwoThetaDeg : null);
        json.Number("area_ratio", line.AreaRatio);
        json.Number("area_sigma_ratio", line.AreaSigmaRatio);
        json.Number("limit_ratio", line.LimitRatio);
        json.Number("full_order_ratio", line.FullOrderRatio);
        json.WriteEndObject();
    }

    /// <summary>The shape of the lines as the file names it.</summary>
    private static string ShapeOf(PowderSolution solution) => solution.Shape == PeakShape.Spheres ? "spheres" : "pseudo-voigt";

    private static string WeightsOf(SigmaBasis basis) => basis switch
    {
        SigmaBasis.Counting => "counting statistics",
        SigmaBasis.Scatter => "scatter of neighbouring points",
        SigmaBasis.AsIfCounts => "as if the intensities were counts",
        _ => "standard deviations of the file",
    };

    private static void WriteTexts(Utf8JsonWriter json, string key, IEnumerable<string> texts)
    {
        json.WriteStartArray(key);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    /// <summary>An error too large for a number is one that is not known.</summary>
    private static double? Finite(double? value) => value is double number && double.IsFinite(number) ? number : null;
}
