using ImageAnalysis.Core;
using ImageAnalysis.Simulation;

namespace ImageAnalysis.Lattice.Tests;

/// <summary>Drawn images for the calibration of the superlattice test: random film, lens, dose, camera, and crystals of Cu₂Se on a grid.</summary>
internal static class CalibrationScenes
{
    private const double CellNm = 6.4;

    /// <summary>An image of nine crystals, each with its own zone, tilt, size, body and strain, or of film alone.</summary>
    /// <param name="seed">The image's number.</param>
    /// <param name="superlatticeRatio">Amplitude of the half order over {111}; 0 for regular crystals.</param>
    /// <param name="crystals">Whether there are crystals.</param>
    public static DrawnHrtem Draw(ulong seed, double superlatticeRatio, bool crystals)
    {
        Random random = new((int)seed);
        double pixel = Between(0.018, 0.035);
        int size = (int)Math.Round(3 * CellNm / pixel);
        DrawnHrtemOptions options = new()
        {
            WidthPx = size,
            HeightPx = size,
            PixelWidthNm = pixel,
            PixelHeightNm = pixel * Between(0.98, 1.02),
            Lens = new ObjectiveLens
            {
                DefocusNm = -Between(8, 150),
                SphericalAberrationMm = Between(0.5, 1),
                FocalSpreadNm = Between(4, 9),
                ConvergenceMrad = Between(0.15, 0.5),
                TwofoldAstigmatismNm = Between(0, 6),
                TwofoldAstigmatismDeg = Between(0, 180),
            },
            Film = new DrawnFilmOptions
            {
                ThicknessNm = Between(2, 6),
                LongWaveStructureFraction = Between(0.2, 0.7),
                StructurePerNm = Between(2.5, 6),
                TextureFraction = Between(0.02, 0.2),
                TextureNm = Between(0.8, 4),
            },
            Detector = new HrtemDetectorOptions
            {
                DosePerAngstrom2 = Math.Exp(Between(Math.Log(250), Math.Log(5000))),
                NyquistTransferFraction = Between(0.15, 0.6),
                ReadNoiseSigmaCounts = Between(0, 10),
                DriftNm = Between(0, 0.08),
                DriftDeg = Between(0, 180),
                VibrationSigmaNm = Between(0, 0.03),
            },
            RampFraction = Between(0, 0.1),
        };
        List<DrawnParticle> particles = [];
        for (int i = 0; crystals && i < 9; i++)
        {
            double diameter = Between(1.8, 5.5);
            UnitCell cell = UnitCell.Cubic(5.85);
            CrystalStructure crystal = new(
                "Cu2Se", cell, SpaceGroups.OfName("F m -3 m", cell), [new CrystalSite("Se", "Se", 0, 0, 0), new CrystalSite("Cu", "Cu", 0.25, 0.25, 0.25, Between(0.7, 1))]);
            (int u, int v, int w) = random.Next(5) switch { 0 => (1, 1, 2), 1 => (1, 2, 3), _ => (1, -1, 0) };
            CrystalPose pose = CrystalPose.Along(cell, u, v, w, Between(0, 5), Between(0, 360), Between(0, 360));
            particles.Add(new DrawnParticle
            {
                CentreXPx = ((i % 3) + 0.5 + Between(-0.05, 0.05)) * CellNm / pixel,
                CentreYPx = ((i / 3) + 0.5 + Between(-0.05, 0.05)) * CellNm / pixel,
                DiameterNm = diameter,
                AspectRatio = Between(1, 1.3),
                OrientationDeg = Between(0, 180),
                Body = random.Next(2) == 0 ? DrawnBody.Ellipsoid : DrawnBody.Facetted,
                Waves = DrawnCrystal.Waves(crystal, pose, new DrawnCrystalOptions
                {
                    StrainFraction = Between(-0.04, 0.01),
                    Centre = new FractionalPosition(Between(0, 1), Between(0, 1), Between(0, 1)),
                    OrderedPlane = Best(cell, pose),
                    SuperlatticeRatio = superlatticeRatio,
                    SuperlatticePhaseDeg = Between(0, 360),
                }),
            });
        }

        return DrawnHrtemSimulator.Draw(particles, options, seed);

        double Between(double low, double high) => low + ((high - low) * random.NextDouble());
    }

    // The {111} that lies best in the image plane: order elsewhere could not be seen.
    private static (int H, int K, int L) Best(UnitCell cell, CrystalPose pose)
    {
        (int H, int K, int L)[] planes = [(1, 1, 1), (-1, 1, 1), (1, -1, 1), (1, 1, -1)];
        return planes.MinBy(plane => Math.Abs(pose.ToImage(cell.ToCartesian(new FractionalPosition(plane.H, plane.K, plane.L))).ZAngstrom));
    }
}
