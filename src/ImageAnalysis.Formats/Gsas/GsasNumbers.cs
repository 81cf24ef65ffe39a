using System.Globalization;
using ImageAnalysis.Formats.Powder;

namespace ImageAnalysis.Formats.Gsas;

/// <summary>The numbers of one bank, collected line by line.</summary>
internal sealed class GsasNumbers(PatternText text)
{
    private const int StdWidth = 8;
    private const int CounterWidth = 2;
    private const int LongestLine = 80;

    private readonly List<double> _angles = [];
    private readonly List<double> _intensities = [];
    private readonly List<double> _sigmas = [];
    private bool _hasSeveralCounters;

    /// <summary>Number of points so far.</summary>
    public int Count => _intensities.Count;

    /// <summary>Takes the numbers of a line; what goes beyond the bank's points is padding.</summary>
    public void Add(GsasBank bank, ReadOnlySpan<char> line, int number)
    {
        line = line.TrimEnd();
        switch (bank.Layout)
        {
            case GsasLayout.Std:
                AddCounts(bank, line, number);
                break;
            case GsasLayout.Esd:
                AddPairs(bank, line, number);
                break;
            default:
                AddPoint(bank, line, number);
                break;
        }
    }

    /// <summary>The points: angles from start and step, but in FXY and FXYE from the lines.</summary>
    public PatternPoints ToPoints(GsasBank bank)
    {
        PatternPoints points;
        if (_angles.Count > 0)
        {
            points = new PatternPoints();
            points.TwoThetaDeg.AddRange(_angles);
            points.Intensities.AddRange(_intensities);
        }
        else
        {
            points = PatternPoints.OfGrid(bank.StartDeg, bank.StepDeg, _intensities, detail => text.Problem(FileProblem.Corrupt, bank.Line, detail));
        }

        if (bank.Layout != GsasLayout.Std || _hasSeveralCounters)
        {
            points.Sigmas.AddRange(_sigmas);
        }

        return points;
    }

    private static bool IsFixed(ReadOnlySpan<char> line)
    {
        for (int at = 0; at < line.Length; at += StdWidth)
        {
            ReadOnlySpan<char> field = line.Slice(at, Math.Min(StdWidth, line.Length - at));
            ReadOnlySpan<char> counters = field[..Math.Min(CounterWidth, field.Length)].Trim();
            ReadOnlySpan<char> mean = field[Math.Min(CounterWidth, field.Length)..].Trim();
            bool isGood = (counters.IsEmpty || int.TryParse(counters, NumberStyles.None, CultureInfo.InvariantCulture, out _)) && PatternText.TryNumber(mean, out _);
            if (!isGood && !field.Trim().IsEmpty)
            {
                return false;
            }
        }

        return line.Length <= LongestLine;
    }

    private void AddCounts(GsasBank bank, ReadOnlySpan<char> line, int number)
    {
        if (!IsFixed(line))
        {
            // Some programs write numbers with spaces between them and no regard to columns.
            foreach (Range word in line.SplitAny(' ', '\t', ','))
            {
                if (!line[word].IsEmpty && Count < bank.Points)
                {
                    AddMean(1, text.Finite(line[word], number, "the intensity"));
                }
            }

            return;
        }

        for (int at = 0; at < line.Length && Count < bank.Points; at += StdWidth)
        {
            ReadOnlySpan<char> field = line.Slice(at, Math.Min(StdWidth, line.Length - at));
            if (!field.Trim().IsEmpty)
            {
                ReadOnlySpan<char> counters = field[..CounterWidth].Trim();
                AddMean(
                    counters.IsEmpty ? 1 : Math.Max(1, int.Parse(counters, NumberStyles.None, CultureInfo.InvariantCulture)),
                    text.Finite(field[CounterWidth..].Trim(), number, "the intensity"));
            }
        }
    }

    /// <summary>The mean of n counters has the variance mean/n.</summary>
    private void AddMean(int counters, double mean)
    {
        _hasSeveralCounters |= counters > 1;
        _intensities.Add(mean);
        _sigmas.Add(Math.Sqrt(Math.Max(mean, 1.0 / counters) / counters));
    }

    private void AddPairs(GsasBank bank, ReadOnlySpan<char> line, int number)
    {
        for (int at = 0; at < line.Length && Count < bank.Points; at += 2 * StdWidth)
        {
            ReadOnlySpan<char> pair = line.Slice(at, Math.Min(2 * StdWidth, line.Length - at));
            if (pair.Trim().IsEmpty)
            {
                break;
            }

            _intensities.Add(text.Finite(pair[..Math.Min(StdWidth, pair.Length)].Trim(), number, "the intensity"));
            _sigmas.Add(text.Finite(pair[Math.Min(StdWidth, pair.Length)..].Trim(), number, "the standard deviation"));
        }
    }

    private void AddPoint(GsasBank bank, ReadOnlySpan<char> line, int number)
    {
        if (line.IsEmpty)
        {
            return;
        }

        int wanted = bank.Layout == GsasLayout.Fxye ? 3 : 2;
        Span<double> values = stackalloc double[3];
        int found = 0;
        foreach (Range word in line.SplitAny(' ', '\t', ','))
        {
            if (line[word].IsEmpty)
            {
                continue;
            }

            if (found < values.Length)
            {
                values[found] = text.Finite(line[word], number, "a value");
            }

            found++;
        }

        if (found != wanted)
        {
            throw text.Problem(
                FileProblem.Corrupt,
                number,
                string.Create(CultureInfo.InvariantCulture, $"the line has {found} numbers; expected {wanted}: angle in hundredths of a degree, intensity{(wanted == 3 ? ", standard deviation" : string.Empty)}."));
        }

        _angles.Add(values[0] / 100);
        _intensities.Add(values[1]);
        if (wanted == 3)
        {
            _sigmas.Add(values[2]);
        }
    }
}
