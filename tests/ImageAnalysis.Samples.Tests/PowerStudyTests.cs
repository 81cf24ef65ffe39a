namespace ImageAnalysis.Samples.Tests;

public class PowerStudyTests
{
    [Fact]
    public void Run_LargeStronglyOrderedParticle_IsSeen_AndNumbersOfJobsChangeNothing()
    {
        PowerOptions options = new() { SizeNm = 5, OrderFraction = 1, DosePerAngstrom2 = 8000, LargestTiltDeg = 0, RepeatCount = 2, DefocusNm = -50 };

        PowerResult one = PowerStudy.Run(options, jobs: 1), two = PowerStudy.Run(options, jobs: 2);

        Assert.Equal(2, one.OrderedAnswers[CrystalAnswer.Superstructure]);
        Assert.Equal(0, one.RegularAnswers[CrystalAnswer.Superstructure]);
        Assert.Equal(one.OrderedAnswers, two.OrderedAnswers);
        Assert.Equal(one.RegularAnswers, two.RegularAnswers);
        Assert.Equal(1, one.Ordered(CrystalAnswer.Superstructure)!.ValueFraction);
    }

    [Fact]
    public void ShownFraction_MissesAndFalseAlarms_MoveItAsTheyShould()
    {
        Dictionary<CrystalAnswer, int> ordered = new() { [CrystalAnswer.Superstructure] = 6, [CrystalAnswer.Undetermined] = 2, [CrystalAnswer.NotFound] = 2 };
        Dictionary<CrystalAnswer, int> regular = new() { [CrystalAnswer.Superstructure] = 1, [CrystalAnswer.Regular] = 9 };
        PowerResult result = new(new PowerOptions(), ordered, regular, -0.9, -0.5, false);

        // Half ordered: of 0.5·8/10 + 0.5·10/10 = 0.9 in the percentage, 0.5·0.6 + 0.5·0.1 = 0.35 are called.
        Assert.Equal(0.35 / 0.9, result.ShownFraction(0.5)!.Value, 12);
        Assert.Equal(0.1, result.ShownFraction(0)!.Value, 12);
        Assert.Null((result with { OrderedAnswers = new Dictionary<CrystalAnswer, int> { [CrystalAnswer.NotFound] = 5 } }).ShownFraction(1));
    }

    [Fact]
    public void Validate_OutsideTheLimits_NamesTheOption()
    {
        Assert.Contains("SizeNm is 0.5; expected 1 to 15", Assert.Throws<ArgumentOutOfRangeException>(() => new PowerOptions { SizeNm = 0.5 }.Validate()).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new PowerOptions { DosePerAngstrom2 = double.NaN }.Validate());
    }
}
