using ImageAnalysis.Core;

namespace ImageAnalysis.Simulation;

/// <summary>How a crystal is turned in the microscope: a zone axis along the beam, then a tilt, then a turn in the image plane.</summary>
/// <remarks>Image axes: x right, y down, z along the beam, away from the source. Angles are counter-clockwise as seen, from +x.</remarks>
public sealed record CrystalPose
{
    private readonly double[] turn; // row by row

    /// <summary>Makes a pose.</summary>
    /// <param name="zone">The direction in the crystal that points along the beam before the tilt, of any length above 0, in the axes of <see cref="UnitCell.ToCartesian"/>.</param>
    /// <param name="tiltDeg">Angle between the zone axis and the beam, degree, 0…90.</param>
    /// <param name="tiltDirectionDeg">Direction in the image towards which the tilt moves the zone axis's head, degree, −360…360.</param>
    /// <param name="inPlaneDeg">Turn of the crystal in the image plane before the tilt, degree, −360…360.</param>
    /// <exception cref="ArgumentException">The zone axis has no direction.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An angle is outside its limits.</exception>
    public CrystalPose(CartesianPosition zone, double tiltDeg, double tiltDirectionDeg, double inPlaneDeg)
    {
        Limits.Check(nameof(tiltDeg), tiltDeg, 0, 90);
        Limits.Check(nameof(tiltDirectionDeg), tiltDirectionDeg, -360, 360);
        Limits.Check(nameof(inPlaneDeg), inPlaneDeg, -360, 360);
        double length = zone.LengthAngstrom;
        if (length is not (> 0 and < double.PositiveInfinity))
        {
            throw new ArgumentException($"The zone axis {zone} has no direction.", nameof(zone));
        }

        (Zone, TiltDeg, TiltDirectionDeg, InPlaneDeg) = (zone, tiltDeg, tiltDirectionDeg, inPlaneDeg);
        double[] c = [zone.XAngstrom / length, zone.YAngstrom / length, zone.ZAngstrom / length];

        // A direction across the zone, from the axis that is most across it; b = c × a, so that (a, b, c) is right-handed as (right, down, away) is.
        int least = Math.Abs(c[0]) <= Math.Abs(c[1]) && Math.Abs(c[0]) <= Math.Abs(c[2]) ? 0 : Math.Abs(c[1]) <= Math.Abs(c[2]) ? 1 : 2;
        double[] a = [-c[least] * c[0], -c[least] * c[1], -c[least] * c[2]];
        a[least] += 1;
        double across = Math.Sqrt((a[0] * a[0]) + (a[1] * a[1]) + (a[2] * a[2]));
        a = [a[0] / across, a[1] / across, a[2] / across];
        double[] b = [(c[1] * a[2]) - (c[2] * a[1]), (c[2] * a[0]) - (c[0] * a[2]), (c[0] * a[1]) - (c[1] * a[0])];
        double[] aligned = [.. a, .. b, .. c];

        // y points down: a turn counter-clockwise as seen takes (1, 0) to (cos, −sin).
        (double sin, double cos) = PortableMath.SinCos(inPlaneDeg * Math.PI / 180);
        double[] inPlane = [cos, sin, 0, -sin, cos, 0, 0, 0, 1];

        // The tilt turns z towards t = (cos, −sin, 0) of its direction, about the axis z × t.
        (double sinTilt, double cosTilt) = PortableMath.SinCos(tiltDeg * Math.PI / 180);
        (sin, cos) = PortableMath.SinCos(tiltDirectionDeg * Math.PI / 180);
        double tx = cos, ty = -sin, lost = 1 - cosTilt;
        double[] tilt =
        [
            1 - (lost * tx * tx), -lost * tx * ty, sinTilt * tx,
            -lost * tx * ty, 1 - (lost * ty * ty), sinTilt * ty,
            -sinTilt * tx, -sinTilt * ty, cosTilt,
        ];
        turn = Product(tilt, Product(inPlane, aligned));
    }

    /// <summary>The direction in the crystal that points along the beam before the tilt.</summary>
    public CartesianPosition Zone { get; }

    /// <summary>Angle between the zone axis and the beam, degree.</summary>
    public double TiltDeg { get; }

    /// <summary>Direction in the image towards which the tilt moves the zone axis's head, degree.</summary>
    public double TiltDirectionDeg { get; }

    /// <summary>Turn of the crystal in the image plane before the tilt, degree.</summary>
    public double InPlaneDeg { get; }

    /// <summary>A pose with a zone axis [uvw] of a crystal.</summary>
    /// <param name="cell">The unit cell.</param>
    /// <param name="u">Index along a.</param>
    /// <param name="v">Index along b.</param>
    /// <param name="w">Index along c; not all three 0.</param>
    /// <param name="tiltDeg">Angle between the zone axis and the beam, degree, 0…90.</param>
    /// <param name="tiltDirectionDeg">Direction in the image towards which the tilt moves the zone axis's head, degree, −360…360.</param>
    /// <param name="inPlaneDeg">Turn of the crystal in the image plane before the tilt, degree, −360…360.</param>
    /// <returns>The pose.</returns>
    /// <exception cref="ArgumentException">All indices are 0, or an angle is outside its limits.</exception>
    public static CrystalPose Along(UnitCell cell, int u, int v, int w, double tiltDeg = 0, double tiltDirectionDeg = 0, double inPlaneDeg = 0)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return new(cell.ToCartesian(new(u, v, w)), tiltDeg, tiltDirectionDeg, inPlaneDeg);
    }

    /// <summary>A vector of the crystal in the axes of the image.</summary>
    /// <param name="vector">A position or a reciprocal vector in the crystal's axes.</param>
    /// <returns>The vector along x (right), y (down) and z (along the beam), of the same length.</returns>
    public CartesianPosition ToImage(CartesianPosition vector) => new(
        (turn[0] * vector.XAngstrom) + (turn[1] * vector.YAngstrom) + (turn[2] * vector.ZAngstrom),
        (turn[3] * vector.XAngstrom) + (turn[4] * vector.YAngstrom) + (turn[5] * vector.ZAngstrom),
        (turn[6] * vector.XAngstrom) + (turn[7] * vector.YAngstrom) + (turn[8] * vector.ZAngstrom));

    private static double[] Product(double[] a, double[] b)
    {
        double[] product = new double[9];
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                product[(3 * i) + j] = (a[3 * i] * b[j]) + (a[(3 * i) + 1] * b[3 + j]) + (a[(3 * i) + 2] * b[6 + j]);
            }
        }

        return product;
    }
}
