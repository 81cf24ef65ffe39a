using ImageAnalysis.Core;

namespace ImageAnalysis.Samples;

/// <summary>The columns of <c>samples.csv</c> that come from powder patterns and from the join.</summary>
internal static class JoinColumns
{
    /// <summary>The columns at the end of the table.</summary>
    public static readonly string[] Header =
    [
        "cu_8c_sigma", "cu_4b_sigma", "cu_24e_sigma", "cu_32f_sigma", "n_patterns", "pattern", "model", "fit_family", "rwp_percent", "reduced_chi2_ratio", "n_rivals", "nearest_rival_delta_chi2",
        "crystallite_angstrom", "crystallite_sigma_angstrom", "expected_crystallite_angstrom", "expected_crystallite_sigma_angstrom", "crystallite_difference_ratio",
        "strain_reference", "strain_percent", "strain_sigma_percent", "peak_a_angstrom", "phonon_per_cm", "phonon_strain_percent", "phonon_strain_sigma_percent",
        "pressure_linear_gpa", "pressure_linear_sigma_gpa", "pressure_volume_gpa", "pressure_volume_sigma_gpa", "surface_stress_n_per_m", "surface_stress_sigma_n_per_m",
        "fringe_strain_reference", "fringe_strain_percent", "fringe_strain_sigma_percent",
        "energy_reference", "energy_kj_per_mol", "energy_sigma_kj_per_mol", "energy_low_kj_per_mol", "energy_high_kj_per_mol",
        "two_state_energy_kj_per_mol", "two_state_energy_sigma_kj_per_mol", "two_state_energy_low_kj_per_mol", "two_state_energy_high_kj_per_mol",
        "half_order_expected_two_theta_deg", "half_order_two_theta_deg", "half_order_found", "half_order_area_ratio", "half_order_area_sigma_ratio", "half_order_limit_ratio", "half_order_full_ratio",
        "join_flags", "join_flag_reasons",
    ];

    /// <summary>The columns <c>a_angstrom</c> … <c>cu_32f</c>.</summary>
    public static void WriteLattice(CsvTable table, SampleFit? pattern)
    {
        if (pattern is not { Fit.Failure: null })
        {
            // Numbers of a fit that failed mean nothing; they stand in its own file.
            table.Empty(6);
            return;
        }

        table.Fixed(pattern.Fit.Best.AAngstrom, 5).Fixed(pattern.Fit.Best.ASigmaAngstrom, 5);

        foreach (SiteCopper copper in pattern.Copper)
        {
            table.Fixed(copper.AtomsPerCell, 4);
        }
    }

    /// <summary>Value and error, or the bounds where a fraction is 0 or 1.</summary>
    private static void WriteEnergy(CsvTable table, EnergyDifference? energy) =>
        table.Fixed(energy?.ValueKjPerMol, 3).Fixed(energy?.SigmaKjPerMol, 3).Fixed(energy?.LowKjPerMol, 3).Fixed(energy?.HighKjPerMol, 3);

    /// <summary>The columns of <see cref="Header"/>.</summary>
    public static void Write(CsvTable table, SampleSummary sample)
    {
        PowderSolution? best = sample.Pattern?.Fit.Best;
        if (sample.Pattern is { Fit.Failure: null } pattern)
        {
            foreach (SiteCopper copper in pattern.Copper)
            {
                table.Fixed(copper.SigmaPerCell, 4);
            }
        }
        else
        {
            table.Empty(4);
        }

        IReadOnlyList<RivalSolution>? rivals = sample.Pattern?.Fit.Rivals;
        table.Whole(sample.PatternCount).Text(sample.Pattern?.File).Text(sample.Pattern?.Model).Text(best?.Name)
            .Fixed(best?.RwpPercent, 3).Fixed(best?.ReducedChi2, 4).Whole(rivals?.Count).Fixed(rivals?.Count > 0 ? rivals.Min(rival => rival.DeltaChi2) : null, 2);
        SampleJoin? join = sample.Join;
        SizeAgreement? sizes = join?.Sizes;
        table.Fixed(sizes?.FittedAngstrom ?? best?.SizeAngstrom, 3).Fixed(sizes is null ? best?.SizeSigmaAngstrom : sizes.FittedSigmaAngstrom, 3)
            .Fixed(sizes?.ExpectedAngstrom, 3).Fixed(sizes?.ExpectedSigmaAngstrom, 3).Fixed(sizes?.DifferenceRatio, 2)
            .Text(join?.StrainReference).Fixed(100 * join?.Strain?.LinearRatio, 4).Fixed(100 * join?.Strain?.LinearSigmaRatio, 4).Fixed(join?.PeakAAngstrom, 4)
            .Exact(join?.PhononPerCm).Fixed(100 * join?.PhononStrain?.LinearRatio, 4).Fixed(100 * join?.PhononStrain?.LinearSigmaRatio, 4)
            .Fixed(join?.Pressure?.LinearGpa, 4).Fixed(join?.Pressure?.LinearSigmaGpa, 4).Fixed(join?.Pressure?.VolumeGpa, 4).Fixed(join?.Pressure?.VolumeSigmaGpa, 4)
            .Fixed(join?.SurfaceStress?.StressNPerM, 4).Fixed(join?.SurfaceStress?.StressSigmaNPerM, 4)
            .Text(join?.FringeReference).Fixed(100 * join?.FringeStrain?.LinearRatio, 4).Fixed(100 * join?.FringeStrain?.LinearSigmaRatio, 4)
            .Text(join?.EnergyReference);
        WriteEnergy(table, join?.Energy);
        WriteEnergy(table, join?.TwoStateEnergy);
        HalfOrderLine? line = join?.HalfOrder;
        table.Fixed(line?.ExpectedTwoThetaDeg, 3).Fixed(line is { IsFound: true } ? line.TwoThetaDeg : null, 3).Text(line is { IsCovered: true } ? line.IsFound ? "true" : "false" : null)
            .Fixed(line?.AreaRatio, 5).Fixed(line?.AreaSigmaRatio, 5).Fixed(line?.LimitRatio, 5).Fixed(line?.FullOrderRatio, 5)
            .Text(join is null ? null : string.Join(';', join.Flags.Select(flag => flag.Name))).Text(join is null ? null : string.Join("; ", join.Flags.Select(flag => flag.Reason)));
    }
}
