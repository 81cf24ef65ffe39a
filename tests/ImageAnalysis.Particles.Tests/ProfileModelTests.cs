using ImageAnalysis.Particles;

namespace ImageAnalysis.Tests.Particles;

/// <summary>The model's fast, eight-at-a-time evaluation against its plain formulas.</summary>
public class ProfileModelTests
{
    private const int Side = 48;

    [Fact]
    public void Distances_AlongARow_AreThoseOfThePlainFormula()
    {
        ParticleProfile model = Model(0.08, -0.05, 0.02);
        float[] distances = new float[Side];
        for (int y = 0; y < Side; y += 5)
        {
            ProfileRow.Distances(model, y, 0, 1, distances);
            for (int x = 0; x < Side; x++)
            {
                // Single precision: some 1e-6 of a distance up to 4.
                Assert.Equal(model.NormalDistance(x, y), distances[x], 1e-5);
            }
        }
    }

    [Fact]
    public void Contributions_OfACircle_AreTheBlurredDiscTimesItsHeight()
    {
        ParticleProfile model = Model(0, 0, 0);
        float[] distances = new float[Side], contributions = new float[Side];
        double radius = model.P[ParticleProfile.Radius];
        for (int y = 3; y < Side; y += 4)
        {
            ProfileRow.Contributions(model, y, 0, 2, distances, contributions);
            for (int i = 0; i < Side / 2; i++)
            {
                double rho = Math.Sqrt(Math.Pow((2 * i) - model.P[0], 2) + Math.Pow((y - model.P[1]) * model.Aspect, 2));

                // 0.0015 of the height: what the tables differ from the integral (BlurredDiscTests).
                double expected = BlurredDisc.Integrate(rho / radius, model.Blur / radius, model.P[ParticleProfile.Shape]);
                Assert.Equal(expected, contributions[i] / model.P[ParticleProfile.Height], 0.0015);
            }
        }
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0.10, -0.06, 0.03)]
    public void Sum_Gradient_IsThatOfTheSumOfSquares(double a2, double b2, double a3)
    {
        // Right holds Σ (∂model/∂p)(value − model), which is minus the derivative of ½ Σ (value − model)². The second is taken by central differences of a sum in double
        // precision over the row evaluation, another code path. Data differ from the model by a lump, so that no gradient is near zero.
        ParticleProfile model = Model(a2, b2, a3);
        (float[] x, float[] y, float[] value) = Data(model);
        NormalEquations equations = new();
        equations.Sum(model, x, y, value, Side * Side, double.PositiveInfinity);
        Assert.Equal(HalfSquares(model, value), equations.Squares / 2, 1e-4 * equations.Squares);
        double[] kept = [.. model.P], scale = new double[ParticleProfile.Count];
        for (int k = 0; k < ParticleProfile.Count; k++)
        {
            double step = k switch
            {
                ParticleProfile.Height or ParticleProfile.Background => 0.5,
                ParticleProfile.SlopeX or ParticleProfile.SlopeY => 0.02,
                ParticleProfile.X or ParticleProfile.Y or ParticleProfile.Radius => 0.02,
                _ => 0.004,
            };
            double more = At(k, step), less = At(k, -step);

            // The Gauss-Newton derivative leaves out how the outline's turning changes the blur's share (blur / radius = 0.1 of the edge's own): a tenth of a harmonic's
            // derivative, and where the outline is no circle a hundredth or two of the others'. Scale: the length of the derivative times that of the residual.
            scale[k] = Math.Sqrt(equations.Normal[(k * NormalEquations.N) + k] * equations.Squares);
            bool harmonic = k is >= ParticleProfile.Harmonic and < ParticleProfile.Harmonic + ParticleProfile.HarmonicCount;
            Assert.True(Math.Abs(((less - more) / (2 * step)) - equations.Right[k]) < (harmonic ? 0.1 : 0.02) * scale[k], $"parameter {k}: {(less - more) / (2 * step)} against {equations.Right[k]}, scale {scale[k]}");
        }

        double At(int k, double change)
        {
            kept.CopyTo(model.P, 0);
            model.P[k] += change;
            model.Refresh();
            return HalfSquares(model, value);
        }
    }

    [Fact]
    public void Sum_PixelsBeyondTheBend_CountLinearly()
    {
        // Huber: ½ r² up to the bend b, b (|r| − b/2) beyond; one pixel is off by 1000 counts and b is 50: 50 (1000 − 25) = 48,750.
        ParticleProfile model = Model(0, 0, 0);
        (float[] x, float[] y, float[] value) = Data(model, lump: 0);
        NormalEquations equations = new();
        equations.Sum(model, x, y, value, Side * Side, 50);
        double before = equations.Cost;
        value[(10 * Side) + 7] += 1000;
        equations.Sum(model, x, y, value, Side * Side, 50);
        Assert.Equal(48_750, equations.Cost - before, 10.0); // the pixel's own residual before: single precision of values near 2000
        Assert.Equal((Side * Side) - 0.95, equations.Weights, 1e-2); // its weight is b / |r| = 0.05
    }

    [Fact]
    public void EdgePlace_DrawnIn_FollowsTheProfileWhenParametersMove()
    {
        // The half-height radius of a circle recomputed after a change of radius, shape and blur against the first-order prediction: changes of 2 % leave remainders of some 2 % of the change.
        ParticleProfile model = Model(0, 0, 0), moved = Model(0, 0, 0);
        double radius = model.P[ParticleProfile.Radius], at = radius * model.DistanceAt(0.5);
        foreach ((int parameter, double change, int place) in new[] { (ParticleProfile.Radius, 0.2, 0), (ParticleProfile.Shape, 0.02, 1), (ParticleProfile.LogBlur, 0.05, 2) })
        {
            double[] derivatives = [1, 0, 0];
            EdgePlace.Of(model, 0.5).DrawIn(derivatives, radius, radius);
            model.P.CopyTo(moved.P, 0);
            moved.P[parameter] += change;
            moved.Refresh();
            double expected = (moved.P[ParticleProfile.Radius] * moved.DistanceAt(0.5)) - at;
            Assert.Equal(expected, derivatives[place] * change, 0.05 * Math.Abs(expected) + 1e-3);
        }
    }

    private static ParticleProfile Model(double a2, double b2, double a3)
    {
        ParticleProfile model = new() { Aspect = 1.05, AnchorX = 24, AnchorY = 20 };
        double[] p = model.P;
        (p[0], p[1], p[ParticleProfile.Radius], p[ParticleProfile.Height]) = (23.7, 22.4, 10.3, 800);
        (p[ParticleProfile.Harmonic], p[ParticleProfile.Harmonic + 1], p[ParticleProfile.Harmonic + 2]) = (a2, b2, a3);
        (p[ParticleProfile.Shape], p[ParticleProfile.LogBlur]) = (0.45, Math.Log(1.03));
        (p[ParticleProfile.Background], p[ParticleProfile.SlopeX], p[ParticleProfile.SlopeY]) = (1200, 1.5, -0.7);
        model.Refresh();
        return model;
    }

    /// <summary>The model's own pixels with a smooth lump beside the middle.</summary>
    private static (float[] X, float[] Y, float[] Value) Data(ParticleProfile model, double lump = 60)
    {
        float[] x = new float[(Side * Side) + 8], y = new float[(Side * Side) + 8], value = new float[(Side * Side) + 8];
        float[] distances = new float[Side], contributions = new float[Side];
        for (int row = 0; row < Side; row++)
        {
            ProfileRow.Contributions(model, row, 0, 1, distances, contributions);
            for (int column = 0; column < Side; column++)
            {
                int i = (row * Side) + column;
                double r2 = Math.Pow(column - 30, 2) + Math.Pow(row - 17, 2);
                (x[i], y[i], value[i]) = (column, row, (float)(contributions[column] + model.Plane(column, row) + (lump * Math.Exp(-r2 / 40))));
            }
        }

        return (x, y, value);
    }

    private static double HalfSquares(ParticleProfile model, float[] value)
    {
        float[] distances = new float[Side], contributions = new float[Side];
        double sum = 0;
        for (int row = 0; row < Side; row++)
        {
            ProfileRow.Contributions(model, row, 0, 1, distances, contributions);
            for (int column = 0; column < Side; column++)
            {
                double residual = value[(row * Side) + column] - contributions[column] - model.Plane(column, row);
                sum += residual * residual / 2;
            }
        }

        return sum;
    }
}
