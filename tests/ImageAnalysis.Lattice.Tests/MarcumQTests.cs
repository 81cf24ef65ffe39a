namespace ImageAnalysis.Lattice.Tests;

public sealed class MarcumQTests
{
    // Survival function of the noncentral χ² law with 2 degrees of freedom at 2t, noncentrality 2λ, from scipy.stats.ncx2.sf. Above 200 the normal law stands for it: good to 0.01.
    [Theory]
    [InlineData(0, 3, 0.049787068, 1e-8)]
    [InlineData(0.5, 3, 0.13230145036022428, 1e-9)]
    [InlineData(3, 7, 0.1302416867654073, 1e-9)]
    [InlineData(10, 8, 0.7228884438590207, 1e-9)]
    [InlineData(20, 30, 0.08853064211803777, 1e-9)]
    [InlineData(50, 30, 0.9895785053177514, 1e-9)]
    [InlineData(250, 220, 0.9203743359221295, 0.01)]
    [InlineData(300, 350, 0.026009601179654472, 0.01)]
    public void Tail_AgainstAnotherProgram_Agrees(double strength, double threshold, double expected, double tolerance) => Assert.Equal(expected, MarcumQ.Tail(strength, threshold), tolerance);

    [Fact]
    public void Tail_Strength_RaisesIt()
    {
        double[] tails = [.. Enumerable.Range(0, 60).Select(static i => MarcumQ.Tail(5 * i, 20))];
        Assert.All(tails.Zip(tails.Skip(1)), static pair => Assert.True(pair.Second >= pair.First - 1e-3));
        Assert.InRange(tails[^1], 0.999, 1);
    }
}
