using ImageAnalysis.Core;
using ImageAnalysis.Simulation;

namespace ImageAnalysis.Lattice.Tests;

/// <summary>Drawn folders of some thirty crystals in four images under usual conditions, each crystal ordered by chance: for the coverage of the table's intervals.</summary>
internal static class FolderScenes
{
    private const int Crystals = 30;

    private const int Images = 4;

    /// <summary>Layers that have lost a share δ of their Cu give the half order 0.34 δ of the amplitude of {111}: docs/methods/hrtem-drawn.md.</summary>
    private const double AmplitudeOfFullOrder = 0.34;

    /// <summary>One folder: crystals of a mean size between 3.6 and 6 nm, −40 to −95 nm, 700 to 3000 e/Å².</summary>
    /// <param name="seed">The folder's number.</param>
    /// <param name="orderedFraction">Probability of each crystal to be ordered.</param>
    /// <returns>Its images, one after the other, and how many crystals in each are ordered.</returns>
    public static IEnumerable<DrawnHrtem> Draw(int seed, double orderedFraction)
    {
        Random random = new(seed);
        double mean = Between(3.6, 6), pixel = Between(0.025, 0.034), defocus = -Between(40, 95), aberration = Between(0.5, 1), dose = Math.Exp(Between(Math.Log(700), Math.Log(3000)));
        for (int image = 0; image < Images; image++)
        {
            int count = (Crystals / Images) + (image < Crystals % Images ? 1 : 0);
            DrawnParticle[] particles = [.. Enumerable.Range(0, count).Select(i => Particle(i))];
            double cell = Cell(mean);
            int size = 2 * (int)Math.Round(1.5 * cell / pixel);
            DrawnHrtemOptions options = new()
            {
                WidthPx = size,
                HeightPx = size,
                PixelWidthNm = pixel,
                PixelHeightNm = pixel,
                Lens = new ObjectiveLens { DefocusNm = defocus + Between(-4, 4), SphericalAberrationMm = aberration, TwofoldAstigmatismNm = Between(0, 4), TwofoldAstigmatismDeg = Between(0, 180) },
                Film = new DrawnFilmOptions { ThicknessNm = Between(3, 5), TextureFraction = Between(0.02, 0.12) },
                Detector = new HrtemDetectorOptions { DosePerAngstrom2 = dose },
            };
            yield return DrawnHrtemSimulator.Draw(particles, options, SimulationSeed.Derive((ulong)seed, $"image {image}"));
        }

        DrawnParticle Particle(int i)
        {
            UnitCell cell = UnitCell.Cubic(5.85);
            CrystalStructure crystal = new("Cu2Se", cell, SpaceGroups.OfName("F m -3 m", cell), [new CrystalSite("Se", "Se", 0, 0, 0), new CrystalSite("Cu", "Cu", 0.25, 0.25, 0.25)]);
            (int u, int v, int w) = random.Next(4) == 0 ? (1, 1, -2) : (1, -1, 0);
            bool ordered = random.NextDouble() < orderedFraction;
            return new DrawnParticle
            {
                CentreXPx = ((i % 3) + 0.5) * Cell(mean) / pixel,
                CentreYPx = ((i / 3) + 0.5) * Cell(mean) / pixel,
                DiameterNm = mean * Between(0.85, 1.15),
                AspectRatio = Between(1, 1.2),
                OrientationDeg = Between(0, 180),
                Body = random.Next(2) == 0 ? DrawnBody.Ellipsoid : DrawnBody.Facetted,
                Waves = DrawnCrystal.Waves(crystal, CrystalPose.Along(cell, u, v, w, Between(0, 3), Between(0, 360), Between(0, 360)), new DrawnCrystalOptions
                {
                    StrainFraction = Between(-0.02, 0),
                    OrderedPlane = (1, 1, 1),
                    SuperlatticeRatio = ordered ? AmplitudeOfFullOrder * Between(0.5, 0.95) : 0,
                    SuperlatticePhaseDeg = Between(0, 360),
                }),
            };
        }

        double Between(double low, double high) => low + ((high - low) * random.NextDouble());

        static double Cell(double mean) => (1.35 * mean) + 1.2;
    }
}
