using System.Globalization;

namespace ImageAnalysis.Core;

/// <summary>What the intensities of a powder pattern are, so that their uncertainty can be told.</summary>
public enum IntensityScale
{
    /// <summary>Not stated and not evident: normalised, scaled, smoothed or with the background taken off.</summary>
    Unknown,

    /// <summary>Whole counts as the detector gave them.</summary>
    Counts,

    /// <summary>Counts multiplied by one known factor, such as counts per second: see <see cref="PowderPattern.IntensityPerCountRatio"/>.</summary>
    ScaledCounts,
}

/// <summary>A measured or simulated powder diffraction pattern: one range of 2θ with its intensities.</summary>
/// <remarks>
/// Uncertainties: a file may give one for each point (<see cref="IntensitySigmaCounts"/>); else they follow from counting statistics where the
/// scale of the intensities is known. <see cref="PowderCounting"/> turns either into weights.
/// </remarks>
public sealed record PowderPattern
{
    private readonly double[] _twoThetaDeg;
    private readonly double[] _intensityCounts;
    private readonly double[]? _intensitySigmaCounts;

    /// <summary>Makes a pattern; the numbers are copied.</summary>
    /// <param name="twoThetaDeg">Scattering angles in degrees, strictly increasing, within (−180, 180]; at least one.</param>
    /// <param name="intensityCounts">Intensity at each angle, finite; as stored by the file.</param>
    /// <param name="intensitySigmaCounts">One standard deviation of each intensity, finite and not negative; <c>null</c> where none are known.</param>
    /// <exception cref="ArgumentException">The lists differ in length, are empty, hold a number that is not finite or out of range, or the angles do not increase.</exception>
    public PowderPattern(IReadOnlyList<double> twoThetaDeg, IReadOnlyList<double> intensityCounts, IReadOnlyList<double>? intensitySigmaCounts = null)
    {
        ArgumentNullException.ThrowIfNull(twoThetaDeg);
        ArgumentNullException.ThrowIfNull(intensityCounts);
        if (twoThetaDeg.Count == 0)
        {
            throw new ArgumentException("The pattern has no points; expected at least one.", nameof(twoThetaDeg));
        }

        CheckLength(twoThetaDeg.Count, intensityCounts.Count, nameof(intensityCounts));
        CheckLength(twoThetaDeg.Count, intensitySigmaCounts?.Count ?? twoThetaDeg.Count, nameof(intensitySigmaCounts));
        _twoThetaDeg = [.. twoThetaDeg];
        _intensityCounts = [.. intensityCounts];
        _intensitySigmaCounts = intensitySigmaCounts is null ? null : [.. intensitySigmaCounts];
        CheckAngles(_twoThetaDeg);
        Check(_intensityCounts, double.IsFinite, "a finite intensity", nameof(intensityCounts));
        Check(_intensitySigmaCounts ?? [], value => double.IsFinite(value) && value >= 0, "a finite standard deviation, 0 or more", nameof(intensitySigmaCounts));
        TwoThetaDeg = Array.AsReadOnly(_twoThetaDeg);
        IntensityCounts = Array.AsReadOnly(_intensityCounts);
        IntensitySigmaCounts = _intensitySigmaCounts is null ? null : Array.AsReadOnly(_intensitySigmaCounts);
    }

    /// <summary>Scattering angles 2θ in degrees, strictly increasing.</summary>
    public IReadOnlyList<double> TwoThetaDeg { get; }

    /// <summary>Intensity at each angle, as stored: counts where <see cref="Scale"/> says so, else in the file's own unit.</summary>
    public IReadOnlyList<double> IntensityCounts { get; }

    /// <summary>
    /// One standard deviation of each intensity as the file gives it, 0 or more; <c>null</c> where it gives none. A 0 is what some programs write
    /// for a point without counts: <see cref="PowderCounting.SigmaCounts"/> puts a usable number in its place.
    /// </summary>
    public IReadOnlyList<double>? IntensitySigmaCounts { get; }

    /// <summary>Number of points; 1 or more.</summary>
    public int PointCount => _twoThetaDeg.Length;

    /// <summary>What the intensities are.</summary>
    public IntensityScale Scale { get; init; }

    /// <summary>
    /// Intensity that one count of the detector stands for, 10⁻⁹ … 10⁹: 1 for counts, 1/t for counts per second over t seconds; <c>null</c> where
    /// the scale is not known. Set it together with <see cref="IntensityScale.ScaledCounts"/>.
    /// </summary>
    public double? IntensityPerCountRatio
    {
        get => Scale switch
        {
            IntensityScale.Counts => 1,
            IntensityScale.ScaledCounts => field,
            _ => null,
        };
        init => field = value is null or (>= 1e-9 and <= 1e9)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The intensity of one count is a number in 1e-9…1e9.");
    }

    /// <summary>Counting time of a point in s, above 0; <c>null</c> where it is not stated or differs from point to point.</summary>
    public double? CountingTimeSeconds { get; init; }

    /// <summary>The radiation, or <c>null</c> where the file does not state it.</summary>
    public PowderWavelengths? Wavelengths { get; init; }

    /// <summary>Name of the sample or title, in the file's own words; empty where it gives none.</summary>
    public string Title { get; init; } = string.Empty;

    /// <summary>Whether the file says that the pattern was computed and not measured.</summary>
    public bool IsSimulated { get; init; }

    /// <summary>
    /// Distance between neighbouring points in degrees where it is the same everywhere, to 1 % of it and to the rounding of written angles
    /// (0.0001°); <c>null</c> for uneven steps and for a single point.
    /// </summary>
    public double? StepDeg
    {
        get
        {
            if (_twoThetaDeg.Length < 2)
            {
                return null;
            }

            double stepDeg = (_twoThetaDeg[^1] - _twoThetaDeg[0]) / (_twoThetaDeg.Length - 1);
            double allowedDeg = (0.01 * stepDeg) + 1.0001e-4;
            for (int i = 1; i < _twoThetaDeg.Length; i++)
            {
                if (Math.Abs(_twoThetaDeg[i] - _twoThetaDeg[i - 1] - stepDeg) > allowedDeg)
                {
                    return null;
                }
            }

            return stepDeg;
        }
    }

    private static void CheckLength(int expected, int found, string name)
    {
        if (found != expected)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The list has {found} values; expected {expected}, one for each angle."), name);
        }
    }

    private static void CheckAngles(double[] twoThetaDeg)
    {
        Check(twoThetaDeg, angle => angle is > -180 and <= 180, "an angle in (−180, 180] degrees", nameof(twoThetaDeg));
        for (int i = 1; i < twoThetaDeg.Length; i++)
        {
            if (twoThetaDeg[i] <= twoThetaDeg[i - 1])
            {
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Point {i} (from 0) is at {twoThetaDeg[i]}° after {twoThetaDeg[i - 1]}°; expected angles that increase from point to point."),
                    nameof(twoThetaDeg));
            }
        }
    }

    private static void Check(double[] values, Func<double, bool> isGood, string expected, string name)
    {
        int at = Array.FindIndex(values, value => !isGood(value));
        if (at >= 0)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Point {at} (from 0) is {values[at]}; expected {expected}."), name);
        }
    }
}
