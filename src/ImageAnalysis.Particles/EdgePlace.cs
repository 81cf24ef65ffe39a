namespace ImageAnalysis.Particles;

/// <summary>Where the edge is drawn, as a share of the fitted outline's radius, and how that share changes with the profile's parameters.</summary>
/// <param name="RadiusRatio">Radius at the edge over the radius of the outline; 1 for the edge at zero thickness.</param>
/// <param name="ByShape">Its derivative by the exponent of the thickness profile.</param>
/// <param name="ByLogBlur">Its derivative by the logarithm of the blur; the share depends on blur over radius, so that its derivative by ln R₀ is the negative.</param>
internal readonly record struct EdgePlace(double RadiusRatio, double ByShape, double ByLogBlur)
{
    /// <summary>The edge at a share of the profile's central height; derivatives by central differences over steps much smaller than any uncertainty.</summary>
    public static EdgePlace Of(ParticleProfile particle, double heightFraction)
    {
        const double step = 0.01;
        ParticleProfile moved = new() { Aspect = particle.Aspect };
        return new EdgePlace(Math.Min(1, particle.DistanceAt(heightFraction)), Slope(ParticleProfile.Shape), Slope(ParticleProfile.LogBlur));

        double Slope(int parameter) => (At(parameter, step) - At(parameter, -step)) / (2 * step);

        double At(int parameter, double change)
        {
            particle.P.CopyTo(moved.P, 0);
            moved.P[parameter] += change;
            moved.P[ParticleProfile.Shape] = Math.Clamp(moved.P[ParticleProfile.Shape], BlurredDisc.ShapeMin, BlurredDisc.ShapeMax);
            moved.Refresh();
            return Math.Min(1, moved.DistanceAt(heightFraction));
        }
    }

    /// <summary>Turns derivatives of a length of the outline (radius, harmonics, then shape and blur) into those of the same length at the edge.</summary>
    public void DrawIn(Span<double> derivatives, double lengthPx, double radiusPx)
    {
        foreach (ref double derivative in derivatives)
        {
            derivative *= RadiusRatio;
        }

        derivatives[0] -= lengthPx * ByLogBlur / radiusPx;
        derivatives[^2] += lengthPx * ByShape;
        derivatives[^1] += lengthPx * ByLogBlur;
    }
}
