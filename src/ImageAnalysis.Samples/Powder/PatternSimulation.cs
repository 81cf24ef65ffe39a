using System.Globalization;
using ImageAnalysis.Core;

namespace ImageAnalysis.Samples;

/// <summary>What <c>ima pxrd simulate</c> is asked for.</summary>
public sealed record PatternSimulation
{
    /// <summary>The crystal.</summary>
    public required CrystalModel Model { get; init; }

    /// <summary>
    /// Size in nm: of the crystals as Scherrer's equation reads it (default 100), or with <see cref="Debye"/> the mean diameter of the spheres, which has no default; 0.5 to 5000, of spheres up to 40.
    /// </summary>
    public double? SizeNm { get; init; }

    /// <summary>Standard deviation of the spheres' diameters, nm; default 0. Only with <see cref="Debye"/>.</summary>
    public double SizeSdNm { get; init; }

    /// <summary>Whether the pattern is that of spheres by the Debye equation, instead of Bragg lines; default no.</summary>
    public bool Debye { get; init; }

    /// <summary>First angle 2θ, degrees; default 15.</summary>
    public double FirstTwoThetaDeg { get; init; } = 15;

    /// <summary>Last angle 2θ, degrees; default 65.</summary>
    public double LastTwoThetaDeg { get; init; } = 65;

    /// <summary>Step, degrees; default 0.04.</summary>
    public double StepDeg { get; init; } = 0.04;

    /// <summary>Change of all cell edges, percent; default 0. Negative: compressed.</summary>
    public double StrainPercent { get; init; }

    /// <summary>B of the sites for which the model gives none, Å²; default 0.</summary>
    public double BIsoAngstrom2 { get; init; }

    /// <summary>Whether f′ and f″ are in; default yes.</summary>
    public bool Anomalous { get; init; } = true;

    /// <summary>Radiation; default Cu Kα₁ and Kα₂.</summary>
    public PowderWavelengths Wavelengths { get; init; } = PowderWavelengths.CuKAlpha;

    /// <summary>Height of the highest point above the background, counts; default 2000.</summary>
    public double PeakCounts { get; init; } = 2000;

    /// <summary>Level background, counts; default 0.</summary>
    public double BackgroundCounts { get; init; }

    /// <summary>Seed of counting noise; <c>null</c> (default) for a pattern without noise.</summary>
    public int? Seed { get; init; }

    /// <summary>Version of the program that the file names, for people.</summary>
    public string ProgramVersion { get; init; } = Samples.ProgramVersion.Of(typeof(PatternSimulation).Assembly);

    /// <summary>Computes the pattern.</summary>
    /// <returns>The pattern, marked as simulated.</returns>
    /// <exception cref="InputException">A value is outside its limits, or does not go with the model.</exception>
    public PowderPattern Run()
    {
        try
        {
            PowderPattern pattern = Debye ? OfSpheres() : OfLines();
            return Seed is int seed ? CountingNoise.Poisson(pattern, seed) : pattern;
        }
        catch (ArgumentException e)
        {
            int end = e.Message.IndexOf(" (Parameter '", StringComparison.Ordinal);
            throw new InputException($"{Model.Name}: {(end < 0 ? e.Message : e.Message[..end])}", e);
        }
    }

    /// <summary>What the pattern was computed from, as the head of its file says it: names and values.</summary>
    public IReadOnlyList<(string Key, string Value)> Head()
    {
        List<(string, string)> head =
        [
            ("program", "ima " + ProgramVersion),
            ("model", $"{Path.GetFileName(Model.Name)} ({Model.Structure.Name})"),
            ("cell", Text($"edges of the model times {1 + (StrainPercent / 100)}")),
            ("method", Debye ? "Debye equation, spheres cut at random from the crystal" : "Bragg lines, pseudo-Voigt"),
            ("size", Debye ? Text($"mean diameter {SizeNm} nm, s.d. {SizeSdNm} nm, normal distribution") : Text($"Scherrer size {SizeNm ?? 100} nm, K = 0.9")),
            ("scattering", $"Waasmaier & Kirfel (1995); {(Anomalous ? "anomalous terms of Sasaki (1989)" : "no anomalous terms")}"),
            ("displacement", Text($"B = {BIsoAngstrom2} square angstrom where the model gives none")),
            ("noise", Seed is int seed ? Text($"counting noise, seed {seed}") : "none"),
        ];
        return head;
    }

    private PowderPattern OfLines() => BraggPattern.Simulate(Strained(), new BraggPatternOptions
    {
        FirstTwoThetaDeg = FirstTwoThetaDeg,
        LastTwoThetaDeg = LastTwoThetaDeg,
        StepDeg = StepDeg,
        Wavelengths = Wavelengths,
        Scattering = Scattering(),
        SizeAngstrom = (SizeNm ?? 100) * Units.AngstromPerNmRatio,
        PeakCounts = PeakCounts,
        BackgroundCounts = [BackgroundCounts],
    });

    private PowderPattern OfSpheres()
    {
        double size = (SizeNm ?? throw new InputException("--debye needs the diameter of the particles: --size-nm D.")) * Units.AngstromPerNmRatio;
        PowderPattern pattern = DebyePattern.OfSpheres(Strained(), DiameterDistribution.Normal(size, SizeSdNm * Units.AngstromPerNmRatio), new DebyePatternOptions
        {
            FirstTwoThetaDeg = FirstTwoThetaDeg,
            LastTwoThetaDeg = LastTwoThetaDeg,
            StepDeg = StepDeg,
            Wavelengths = Wavelengths,
            Debye = new DebyeOptions { Scattering = Scattering() },
        });
        double factor = PeakCounts / pattern.IntensityCounts.Max();
        return new PowderPattern(pattern.TwoThetaDeg, [.. pattern.IntensityCounts.Select(value => BackgroundCounts + (factor * value))])
        {
            Wavelengths = pattern.Wavelengths,
            IsSimulated = true,
            Title = pattern.Title,
        };
    }

    private ReflectionOptions Scattering() => new()
    {
        Anomalous = Anomalous ? AnomalousTable.Sasaki1989 : null,
        WavelengthAngstrom = Wavelengths.Alpha1Angstrom,
        DefaultBIsoAngstrom2 = BIsoAngstrom2,
    };

    private CrystalStructure Strained()
    {
        UnitCell cell = Model.Structure.Cell;
        double ratio = 1 + (StrainPercent / 100);
        return Model.Structure.WithCell(new UnitCell(cell.AAngstrom * ratio, cell.BAngstrom * ratio, cell.CAngstrom * ratio, cell.AlphaDeg, cell.BetaDeg, cell.GammaDeg));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
