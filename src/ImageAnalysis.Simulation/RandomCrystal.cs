namespace ImageAnalysis.Simulation;

/// <summary>Draws the shapes of a field's particles.</summary>
internal static class RandomCrystal
{
    /// <summary>A truncated octahedron ({111} and {100} faces of a cubic crystal) with rounded edges, face distances that scatter, and a random orientation.</summary>
    /// <param name="options">The shapes.</param>
    /// <param name="random">Where the scatter comes from.</param>
    public static ConvexBody Draw(HaadfFieldOptions options, RandomStream random)
    {
        double[,] rotation = RandomRotation(random);
        double[] axis = [random.NextGaussian(), random.NextGaussian(), random.NextGaussian()];
        double length = Math.Sqrt((axis[0] * axis[0]) + (axis[1] * axis[1]) + (axis[2] * axis[2]));

        // Normals of a body stretched by e along a: n' = n + (1/e − 1)(n·a) a.
        double stretch = (1.0 / (1.0 + (options.ElongationFraction * random.NextUniform()))) - 1.0;
        double third = 1.0 / Math.Sqrt(3.0);
        double[][] normals =
        [
            [third, third, third], [third, third, -third], [third, -third, third], [-third, third, third],
            [1, 0, 0], [0, 1, 0], [0, 0, 1],
        ];
        int count = normals.Length;
        double[][] turned = [new double[count], new double[count], new double[count]];
        double[] plus = new double[count];
        double[] minus = new double[count];
        for (int i = 0; i < count; i++)
        {
            double distance = i < 4 ? 1.0 : options.CubeFaceRatio;
            plus[i] = 1.0 / (distance * (1.0 + Scatter(options.FaceScatterFraction, random)));
            minus[i] = 1.0 / (distance * (1.0 + Scatter(options.FaceScatterFraction, random)));
            double along = 0.0;
            for (int row = 0; row < 3; row++)
            {
                turned[row][i] = (rotation[row, 0] * normals[i][0]) + (rotation[row, 1] * normals[i][1]) + (rotation[row, 2] * normals[i][2]);
                along += turned[row][i] * axis[row] / length;
            }

            for (int row = 0; row < 3; row++)
            {
                turned[row][i] += stretch * along * axis[row] / length;
            }
        }

        return new ConvexBody(turned[0], turned[1], turned[2], plus, minus, options.EdgeExponent);
    }

    private static double Scatter(double sigma, RandomStream random) => Math.Clamp(sigma * random.NextGaussian(), -2.5 * sigma, 2.5 * sigma);

    /// <summary>A rotation drawn uniformly: a random unit quaternion.</summary>
    private static double[,] RandomRotation(RandomStream random)
    {
        double w = random.NextGaussian(), x = random.NextGaussian(), y = random.NextGaussian(), z = random.NextGaussian();
        double norm = Math.Sqrt((w * w) + (x * x) + (y * y) + (z * z));
        (w, x, y, z) = (w / norm, x / norm, y / norm, z / norm);
        return new double[,]
        {
            { 1 - (2 * ((y * y) + (z * z))), 2 * ((x * y) - (w * z)), 2 * ((x * z) + (w * y)) },
            { 2 * ((x * y) + (w * z)), 1 - (2 * ((x * x) + (z * z))), 2 * ((y * z) - (w * x)) },
            { 2 * ((x * z) - (w * y)), 2 * ((y * z) + (w * x)), 1 - (2 * ((x * x) + (y * y))) },
        };
    }
}
