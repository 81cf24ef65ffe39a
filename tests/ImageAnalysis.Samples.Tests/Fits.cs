using ImageAnalysis.Core;
using ImageAnalysis.Tests;

namespace ImageAnalysis.Samples.Tests;

/// <summary>Fits that never were, with round numbers.</summary>
internal static class Fits
{
    /// <summary>Cu on 8c (2.96 ± 0.08) and 32f (5.04 ± 0.16), 4b and 24e left empty; one rival.</summary>
    public static PowderFit CopperSelenide()
    {
        CrystalStructure structure = CrystalModels.Read(RepositoryFolder.Root, "models/cu2se-sites.cif").Structure;
        PowderSolution best = Solution(structure, "8c+32f", 100, 0.37, 0.1575);
        return new PowderFit
        {
            Best = best,
            Rivals = [new RivalSolution(Solution(structure, "8c", 112.5, 1, 0), 12.5, 8.25)],
            Families = [new FamilyComparison("8c+32f", 100, 150, 0, 10), new FamilyComparison("8c", 112.5, 158.25, 8.25, 9)],
            Intervals = [],
            NotIdentifiable = ["B Cu and occupancy Cu1 are hardly told apart: correlation 0.96."],
            Warnings = ["f′ and f″ are left out."],
            Scattering = "Waasmaier & Kirfel (1995), neutral atoms; without f′ and f″",
            Wavelengths = PowderWavelengths.CuKAlpha,
            SigmaBasis = SigmaBasis.Counting,
            ErrorFactorRatio = 1,
            Curve = new PowderCurve([20, 21, 22], [100, 900, 110], [102, 890, 108], [100, 100, 100], [10, 30, 10]),
            Ticks = [new PowderTick(1, 1, 1, 21)],
        };
    }

    public static PowderSolution Solution(CrystalStructure structure, string name, double chi2, double on8C, double on32F) => new()
    {
        Name = name,
        Shape = PeakShape.PseudoVoigt,
        Chi2 = chi2,
        ReducedChi2 = chi2 / 100,
        RwpPercent = 3.5,
        Bic = chi2 + 50,
        Structure = structure,
        AAngstrom = 5.85,
        ASigmaAngstrom = 0.0005,
        SizeAngstrom = 60,
        SizeSigmaAngstrom = double.PositiveInfinity,
        Sites =
        [
            new SiteOccupancy("Se1", "4a", "Se", 4, 1, null, false, false),
            new SiteOccupancy("Cu1", "8c", "Cu", 8, on8C, 0.01, true, false) { ConditionalSigmaFraction = 0.005 },
            new SiteOccupancy("Cu2", "4b", "Cu", 4, 0, 0.02, false, true),
            new SiteOccupancy("Cu4", "32f", "Cu", 32, on32F, 0.005, true, false),
        ],
        Parameters = [new FitParameter("a", 5.85, 0.0005, "Å", false, false), new FitParameter("zero shift", 0, null, "°", true, false)],
        CorrelationNames = ["a", "size"],
        CorrelationRatio = [[1, -0.25], [-0.25, 1]],
        Derived = [new DerivedValue("order", 0.5, 0.125)],
    };
}
