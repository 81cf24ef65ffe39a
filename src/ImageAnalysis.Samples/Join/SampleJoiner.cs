using System.Globalization;
using ImageAnalysis.Core;
using ImageAnalysis.Lattice;
using ImageAnalysis.Particles;

namespace ImageAnalysis.Samples;

/// <summary>Joins what different instruments say of each sample. Formulas and sources: docs/methods/join.md.</summary>
internal static class SampleJoiner
{
    private const string FromOptions = "options";
    private const double FitLeavesMore = 1.5;

    /// <summary>Where most crystals are ordered, their powder line should show a depletion of the fourth layer of at least this.</summary>
    private const double LeastDepletionFraction = 0.3;

    /// <summary>The samples with their join; <c>null</c> for a sample that has neither a fit nor a phonon nor fringes.</summary>
    public static IReadOnlyList<SampleSummary> Join(IReadOnlyList<JoinInput> samples, PipelineOptions options) =>
        [.. samples.Select(sample => sample.Summary with { Join = Of(sample, samples, options) })];

    private static SampleJoin? Of(JoinInput sample, IReadOnlyList<JoinInput> all, PipelineOptions options)
    {
        SampleFit? pattern = sample.Summary.Pattern;
        if (pattern is null && sample.PhononPerCm is null && sample.Summary.Fringes is null)
        {
            return null;
        }

        SampleJoin join = new() { PhononPerCm = sample.PhononPerCm };
        join = WithPhonon(join, sample, all, options.Join);
        join = WithFringes(join, sample, all, options.Join);
        if (pattern is { Fit.Failure: null })
        {
            join = WithStrain(join, sample, pattern, all, options.Join);
            join = WithSizes(join, sample, pattern, options);
            join = join with { HalfOrder = pattern.Fit.HalfOrder };
        }

        return join with { Flags = [.. Flags(join, pattern, options.Join), .. FringeFlags(join, sample.Summary, options.Join)] };
    }

    private static SampleJoin WithStrain(SampleJoin join, JoinInput sample, SampleFit pattern, IReadOnlyList<JoinInput> all, JoinOptions options)
    {
        PowderSolution best = pattern.Fit.Best;
        (string? name, double a, double? sigma) = (FromOptions, options.ReferenceAAngstrom ?? 0, null);
        if (options.ReferenceAAngstrom is null)
        {
            // Lattice parameters are compared within one kind of crystal only.
            JoinInput? largest = Largest(all.Where(other => other.Summary.Pattern is { Fit.Failure: null } own && own.Model == pattern.Model));
            if (largest is null || ReferenceEquals(largest, sample))
            {
                return join with { PeakAAngstrom = PeakEdge.Of(pattern.Fit) };
            }

            PowderSolution reference = largest.Summary.Pattern!.Fit.Best;
            (name, a, sigma) = (largest.Summary.Sample, reference.AAngstrom, reference.ASigmaAngstrom);
        }

        LatticeStrain strain = LatticeStrain.OfEdges(best.AAngstrom, best.ASigmaAngstrom, a, sigma);
        return join with
        {
            StrainReference = name,
            Strain = strain,
            PeakAAngstrom = PeakEdge.Of(pattern.Fit),
            Pressure = PressureEquivalent.Of(strain, options.BulkModulusGpa),
            SurfaceStress = sample.Summary.Diameter is SizeDistribution sizes
                ? SurfaceStress.NeededFor(strain, sizes.Mean.ValueNm, sizes.Sd?.ValueNm / Math.Sqrt(sizes.Count), options.BulkModulusGpa)
                : null,
        };
    }

    private static SampleJoin WithPhonon(SampleJoin join, JoinInput sample, IReadOnlyList<JoinInput> all, JoinOptions options)
    {
        JoinInput? largest = options.ReferencePhononPerCm is null ? Largest(all.Where(other => other.PhononPerCm is not null)) : null;
        if (sample.PhononPerCm is not double phonon || (options.ReferencePhononPerCm ?? largest?.PhononPerCm) is not double reference || ReferenceEquals(largest, sample))
        {
            return join;
        }

        // A line at twice the frequency is another phonon, not a strain.
        return Math.Abs((phonon / reference) - 1) > 0.3 ? join : join with
        {
            PhononReference = largest?.Summary.Sample ?? FromOptions,
            PhononStrain = LatticeStrain.OfPhonon(phonon, options.PhononSigmaPerCm, reference, options.GrueneisenRatio),
        };
    }

    /// <summary>Strain of the fringes, and energies from the fractions of ordered crystals, both against the largest sample that has them.</summary>
    private static SampleJoin WithFringes(SampleJoin join, JoinInput sample, IReadOnlyList<JoinInput> all, JoinOptions options)
    {
        if (sample.Summary.Fringes is not FringeSummary own)
        {
            return join;
        }

        JoinInput? largest = Largest(all.Where(other => other.Summary.Fringes?.UnmodulatedSpacing is not null));
        if (largest?.Summary.Fringes?.UnmodulatedSpacing is SpacingMean reference && !ReferenceEquals(largest, sample)
            && (own.UnmodulatedSpacing ?? own.Spacing) is SpacingMean spacing)
        {
            join = join with
            {
                FringeReference = largest.Summary.Sample,
                FringeStrain = LatticeStrain.OfEdges(
                    Units.NmToAngstrom(spacing.MeanNm), Scaled(spacing, options), Units.NmToAngstrom(reference.MeanNm), Scaled(reference, options)),
                IsFringeStrainRegular = own.UnmodulatedSpacing is not null,
            };
        }

        largest = Largest(all.Where(other => other.Summary.Fringes?.Superstructure is not null));
        return largest is null || ReferenceEquals(largest, sample) || own.Superstructure is not OrderedCount ordered ? join : join with
        {
            EnergyReference = largest.Summary.Sample,
            Energy = EnergyDifference.OfFractions(largest.Summary.Fringes!.Superstructure!, ordered, options.TemperatureKelvin),
            TwoStateEnergy = EnergyDifference.OfTwoStates(largest.Summary.Fringes!.Superstructure!, ordered, options.TemperatureKelvin),
        };
    }

    /// <summary>The standard deviation of a spacing with that of the pixel size, Å.</summary>
    private static double Scaled(SpacingMean spacing, JoinOptions options) =>
        Units.NmToAngstrom(Math.Sqrt(Math.Pow(spacing.SigmaNm, 2) + Math.Pow(options.CalibrationFraction * spacing.MeanNm, 2)));

    private static SampleJoin WithSizes(SampleJoin join, JoinInput sample, SampleFit pattern, PipelineOptions options)
    {
        CountedSize[] usable = [.. sample.Diameters.Where(size => size.SizeNm > 0 && Units.NmToAngstrom(size.SizeNm) <= 10_000)];
        return usable.Length == 0 ? join : join with
        {
            Sizes = SizeAgreement.Of(
                pattern.Fit.Best,
                [.. usable.Select(size => Units.NmToAngstrom(size.SizeNm))],
                [.. usable.Select(size => size.WeightRatio)],
                options.Join.SizeModelFraction,
                options.Join.DisagreementRatio,
                options.Pxrd.ScherrerKRatio),
        };
    }

    /// <summary>The sample of the largest particles: by the microscope where it has measured all, else by the powder pattern; <c>null</c> where neither has measured any.</summary>
    private static JoinInput? Largest(IEnumerable<JoinInput> samples)
    {
        JoinInput[] candidates = [.. samples];
        return candidates.All(sample => sample.DiameterNm is not null)
            ? candidates.MaxBy(sample => sample.DiameterNm)
            : candidates.Where(sample => sample.Summary.Pattern is not null).MaxBy(sample => sample.Summary.Pattern!.Fit.Best.SizeAngstrom);
    }

    private static string Percent(LatticeStrain strain) => (100 * strain.LinearRatio).ToString("0.00", CultureInfo.InvariantCulture).Replace('-', '\u2212');

    /// <summary>Where HRTEM and the powder pattern do not agree.</summary>
    private static IEnumerable<JoinFlag> FringeFlags(SampleJoin join, SampleSummary sample, JoinOptions options)
    {
        if (sample is not { Fringes: FringeSummary fringes, Pattern.Fit: { Failure: null, Best: PowderSolution best } })
        {
            yield break;
        }

        if ((fringes.UnmodulatedSpacing ?? fringes.Spacing) is SpacingMean spacing && join.HalfOrder is not null)
        {
            double sigma = Scaled(spacing, options), powder = best.AAngstrom / Math.Sqrt(3), image = Units.NmToAngstrom(spacing.MeanNm);
            double apart = (image - powder) / Math.Sqrt((sigma * sigma) + Math.Pow((best.ASigmaAngstrom ?? 0) / Math.Sqrt(3), 2));
            if (Math.Abs(apart) > options.DisagreementRatio)
            {
                yield return new JoinFlag("spacing-disagrees", FormattableString.Invariant(
                    $"the fringes have d111 = {spacing.MeanNm:0.0000} nm and the powder pattern {powder / 10:0.0000} nm: {Math.Abs(apart):0.0} standard deviations apart, that of the pixel size ({100 * options.CalibrationFraction:0.#} %) included. Possible causes: the pixel size of the images, another phase"));
            }
        }

        if (fringes.Superstructure is not OrderedCount ordered || join.HalfOrder is not { IsCovered: true, LimitRatio: double limit, FullOrderRatio: double full } line)
        {
            yield break;
        }

        // A share p of particles with a depletion D of the fourth layer gives p·D² of the full line.
        double most = Math.Sqrt(limit / full / Math.Max(ordered.LowFraction, 1e-6));
        if (!line.IsFound && ordered.LowFraction > 0.5 && most < LeastDepletionFraction)
        {
            yield return new JoinFlag("no-superlattice-line", FormattableString.Invariant(
                $"{ordered.InStateCount} of {ordered.AllCount} crystals show the superstructure, and the powder pattern no line ½½½ at {line.ExpectedTwoThetaDeg:0.00}°: if they are typical, at most {100 * most:0} % of the copper is missing in the depleted layers (95 %)"));
        }

        if (line.IsFound && ordered.HighFraction < 0.2)
        {
            yield return new JoinFlag("superlattice-line-without-fringes", FormattableString.Invariant(
                $"the powder pattern has a line ½½½ at {line.TwoThetaDeg:0.00}°, and {ordered.InStateCount} of {ordered.AllCount} crystals show the superstructure: the imaged particles may not be typical, or the line is another substance's"));
        }
    }

    private static IEnumerable<JoinFlag> Flags(SampleJoin join, SampleFit? pattern, JoinOptions options)
    {
        if (join.Sizes is { Disagrees: true } sizes)
        {
            string name = sizes.DifferenceRatio < 0 ? "crystals-smaller-than-particles" : "crystals-larger-than-particles";
            string cause = sizes.DifferenceRatio < 0
                ? "several crystals in a particle, disordered shells, microstrain, or a pixel size that is too large"
                : "large crystals that the images do not show, an instrument's width set too high, or a pixel size that is too small";
            yield return new JoinFlag(name, FormattableString.Invariant(
                $"the powder pattern's lines read {sizes.FittedAngstrom / 10:0.00} nm (Scherrer), the measured particles would give {sizes.ExpectedAngstrom / 10:0.00} nm: {Math.Abs(sizes.DifferenceRatio):0.0} standard deviations apart. Possible causes: {cause}"));
        }

        if (join is { Strain: LatticeStrain strain, PhononStrain: LatticeStrain phonon })
        {
            // The phonon gives the least compression: the lattice may be compressed more, never less.
            double sigma = Math.Sqrt(Math.Pow(strain.LinearSigmaRatio ?? 0, 2) + Math.Pow(phonon.LinearSigmaRatio ?? 0, 2));
            if (strain.LinearRatio - phonon.LinearRatio > options.DisagreementRatio * sigma)
            {
                yield return new JoinFlag("phonon-asks-for-more-strain", FormattableString.Invariant(
                    $"the phonon's shift needs a linear strain of {Percent(phonon)} % or below, and the lattice parameter shows {Percent(strain)} %: more than {options.DisagreementRatio:0.#} standard deviations less compression"));
            }
        }

        if (pattern is { Fit.Failure: string failure })
        {
            yield return new JoinFlag("fit-failed", failure.TrimEnd('.'));
        }
        else if (pattern is not null && pattern.Fit.Best.ReducedChi2 > FitLeavesMore)
        {
            yield return new JoinFlag("misfit", FormattableString.Invariant($"the powder fit leaves more than noise (reduced χ² {pattern.Fit.Best.ReducedChi2:0.0}): systematic errors may exceed the stated ones"));
        }

        if (pattern is { Fit: { Failure: null, Rivals.Count: > 0 } })
        {
            yield return new JoinFlag("rivals", FormattableString.Invariant(
                $"{pattern.Fit.Rivals.Count} other {(pattern.Fit.Rivals.Count == 1 ? "set of occupancies fits" : "sets of occupancies fit")} the pattern nearly as well; the nearest has Δχ² = {pattern.Fit.Rivals.Min(rival => rival.DeltaChi2):0.#}"));
        }
    }
}
