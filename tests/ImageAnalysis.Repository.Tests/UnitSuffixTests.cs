using System.Reflection;
using System.Text.RegularExpressions;

namespace ImageAnalysis.Repository.Tests;

/// <summary>Every public number with a fraction says its unit, by an ending that docs/conventions.md lists.</summary>
public sealed partial class UnitSuffixTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly string[] Suffixes =
        [.. MarkdownTable.Rows("docs/conventions.md", "quantity").SelectMany(row => BackTicked().Matches(row[2])).Select(match => match.Groups[1].Value)];

    /// <summary>
    /// Members that have no unit by their nature, as <c>Type.Member</c> or <c>Type.Method(parameter)</c>, each with the reason.
    /// </summary>
    private static readonly Dictionary<string, string> Exceptions = new()
    {
        ["DistributionFit.Location"] = "in nm for a normal, a logarithm for a log-normal distribution; MeanNm is the number with a unit",
        ["DistributionFit.Scale"] = "in nm for a normal, a logarithm for a log-normal distribution; SdNm is the number with a unit",
        ["FitParameter.Value"] = "each parameter of a powder fit has its own unit, named by Unit",
        ["FitParameter.Sigma"] = "in the unit that Unit names",
        ["DistributionFit.Aicc"] = "an information criterion: only differences mean something",
    };

    [Fact]
    public void Conventions_Suffixes_AreReadFromTheirTable()
    {
        Assert.Contains("Nm", Suffixes);
        Assert.Contains("PValue", Suffixes);
        Assert.Equal(Suffixes.Length, Suffixes.Distinct().Count());
        Assert.All(Suffixes, suffix => Assert.Matches("^[A-Z][A-Za-z]*[23]?$", suffix));
    }

    [Theory]
    [InlineData("DiameterNm", true)]
    [InlineData("diameterNm", true)]
    [InlineData("snr", true)] // the whole name, as a parameter
    [InlineData("FringeSnr", true)]
    [InlineData("Diameter", false)]
    [InlineData("Algorithm", false)] // ends in "rithm", which is not Mm
    [InlineData("DiameterNM", false)]
    public void Name_Ending_IsToldFromOtherNames(string name, bool expected) => Assert.Equal(expected, HasSuffix(name));

    [Fact]
    public void PublicNumbers_Names_EndInAUnit()
    {
        string[] without = [.. SourceAssemblies.PublicTypes.SelectMany(NumbersOf)
            .Where(number => !HasSuffix(number.Name) && !IsExcepted(number)).Select(number => number.Place).Distinct().Order()];
        Assert.True(without.Length == 0, $"These public numbers do not say their unit (docs/conventions.md):\n{string.Join('\n', without)}");
    }

    [Fact]
    public void Exceptions_Members_ExistAndNeedTheException()
    {
        HashSet<string> needed = [.. SourceAssemblies.PublicTypes.SelectMany(NumbersOf).Where(number => !HasSuffix(number.Name)).Select(number => number.Key)];
        Assert.All(Exceptions.Keys, key => Assert.Contains(key, needed));
    }

    private static bool IsExcepted(Number number) => Exceptions.ContainsKey(number.Key);

    private static bool HasSuffix(string name) =>
        Suffixes.Any(suffix => name.EndsWith(suffix, StringComparison.Ordinal) || name.Equals(suffix, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<Number> NumbersOf(Type type)
    {
        foreach (PropertyInfo property in type.GetProperties(Declared).Where(property => IsNumber(property.PropertyType) && property.GetIndexParameters().Length == 0))
        {
            yield return new Number(type, property.Name, null);
        }

        foreach (FieldInfo field in type.GetFields(Declared).Where(field => IsNumber(field.FieldType)))
        {
            yield return new Number(type, field.Name, null);
        }

        HashSet<string> properties = [.. type.GetProperties(Declared).Select(property => property.Name)];
        foreach (MethodBase method in type.GetMethods(Declared).Where(method => !method.IsSpecialName).Cast<MethodBase>().Concat(type.GetConstructors(Declared)))
        {
            // A record's constructor and Deconstruct repeat its properties, which are looked at above.
            foreach (ParameterInfo parameter in method.GetParameters().Where(parameter => IsNumber(parameter.ParameterType) && !properties.Contains(parameter.Name!)))
            {
                yield return new Number(type, parameter.Name!, method.Name);
            }
        }
    }

    private static bool IsNumber(Type type)
    {
        Type plain = type.IsByRef ? type.GetElementType()! : type;
        plain = Nullable.GetUnderlyingType(plain) ?? plain;
        return plain == typeof(double) || plain == typeof(float);
    }

    [GeneratedRegex("`([A-Za-z0-9]+)`")]
    private static partial Regex BackTicked();

    /// <summary>A public number: a property or field, or a parameter of a method.</summary>
    private sealed record Number(Type Type, string Name, string? Method)
    {
        /// <summary>How the table of exceptions names it.</summary>
        public string Key => Method is null ? $"{Type.Name}.{Name}" : $"{Type.Name}.{Method}({Name})";

        public string Place => $"{Type.Namespace}.{Key}";
    }
}
