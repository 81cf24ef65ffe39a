using System.Reflection;

namespace ImageAnalysis.Samples.Tests;

public class ProgramVersionTests
{
    [Fact]
    public void Code_IsAShortHash() => Assert.Matches("^[0-9a-f]{16}$", ProgramVersion.Code);

    [Fact]
    public void Libraries_HoldNoCommit_SoThatACommitAloneComputesNothingAgain()
    {
        // The key of a stored result holds the identities of these assemblies; with a commit in them, each commit would change it.
        Assembly[] libraries = [typeof(Core.Units).Assembly, typeof(Imaging.Micrograph).Assembly, typeof(Formats.MicroscopeFile).Assembly, typeof(Particles.SizeMeasurement).Assembly, typeof(ProgramVersion).Assembly];

        Assert.All(libraries, library => Assert.Matches(@"^\d+\.\d+\.\d+$", ProgramVersion.Of(library)));
    }
}
