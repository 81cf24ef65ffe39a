using System.Runtime.Intrinsics;

namespace ImageAnalysis.Imaging;

/// <summary>
/// The order in which complex values lie in memory between the pass over the rows and the pass over the columns: panels of eight columns,
/// in a panel row below row, each row's [8 real parts][8 imaginary parts] one cache line.
/// </summary>
/// <remarks>
/// A panel is eight packed <see cref="Lines"/>, read from end to end. In a plane of a large image the elements of a column lie in as many
/// memory pages as there are rows, more than a processor keeps addresses of; reading columns there takes several times as long.
/// </remarks>
internal readonly unsafe struct ColumnPanels
{
    private const int LargeFloats = 1 << 20;

    private readonly float* _start;
    private readonly int _rows;

    internal ColumnPanels(float* start, int rows)
    {
        _start = start;
        _rows = rows;
    }

    /// <summary>Floats from a panel to the next: a cache line more than its content, so that the panels' rows do not compete for places of the cache.</summary>
    internal nint Step => StepOf(_rows);

    /// <summary>Number of floats that the panels of an image take.</summary>
    internal static int FloatsFor(int columns, int rows) => checked((int)((columns + Lines.Count - 1) / Lines.Count * (long)StepOf(rows)));

    /// <summary>The first panel's values of a row.</summary>
    internal float* Row(int y) => _start + ((nint)y * Lines.PackedStride);

    /// <summary>Transforms columns out of the panels into planes.</summary>
    /// <param name="plan">The columns' plan.</param>
    /// <param name="columns">Number of columns; whole panels are written.</param>
    /// <param name="inverse">True for the inverse transform, without its factor.</param>
    /// <param name="planes">The planes as eight lines: the first columns.</param>
    /// <param name="work">The plan's work space.</param>
    internal void TransformTo(LineFft plan, int columns, bool inverse, Lines planes, float* work)
    {
        for (int u = 0; u < columns; u += Lines.Count)
        {
            Lines from = Panel(u / Lines.Count);
            Lines to = planes.From(u);
            plan.Transform(inverse ? from.Swapped() : from, inverse ? to.Swapped() : to, work);
        }
    }

    /// <summary>Transforms columns out of planes into the panels.</summary>
    /// <param name="plan">The columns' plan.</param>
    /// <param name="first">First panel.</param>
    /// <param name="end">The panel after the last.</param>
    /// <param name="inverse">True for the inverse transform, without its factor.</param>
    /// <param name="planes">The planes as eight lines: the first columns.</param>
    /// <param name="work">The plan's work space.</param>
    internal void TransformFrom(LineFft plan, int first, int end, bool inverse, Lines planes, float* work)
    {
        bool large = planes.Stride * _rows >= LargeFloats;
        if (large)
        {
            CopyFrom(planes, first, end);
        }

        for (int panel = first; panel < end; panel++)
        {
            Lines to = Panel(panel);
            Lines from = large ? to : planes.From(panel * Lines.Count);
            plan.Transform(inverse ? from.Swapped() : from, inverse ? to.Swapped() : to, work);
        }
    }

    /// <summary>Writes eight transformed lines, rows of the image, into the panels.</summary>
    /// <param name="y">The first row.</param>
    /// <param name="count">Number of rows to write, 1…8.</param>
    /// <param name="width">Length of the lines.</param>
    /// <param name="scale">Factor of everything.</param>
    /// <param name="lines">The lines.</param>
    internal void StoreLines(int y, int count, int width, float scale, float* lines)
    {
        for (int u = 0; u < width; u += Lines.Count)
        {
            float* to = Row(y) + (u / Lines.Count * Step);
            float* from = lines + (u * Lines.PackedStride);
            int columns = Math.Min(Lines.Count, width - u);
            if (columns == Lines.Count && count == Lines.Count)
            {
                LineBlock.Transpose(from, Lines.PackedStride, to, Lines.PackedStride, scale);
                LineBlock.Transpose(from + Lines.Count, Lines.PackedStride, to + Lines.Count, Lines.PackedStride, scale);
                continue;
            }

            // Columns beyond the width are transformed with the others, so they get a value.
            for (int row = 0; row < count; row++)
            {
                for (int k = 0; k < Lines.Count; k++)
                {
                    float* value = from + (Math.Min(k, columns - 1) * Lines.PackedStride) + row;
                    to[(row * Lines.PackedStride) + k] = value[0] * scale;
                    to[(row * Lines.PackedStride) + Lines.Count + k] = value[Lines.Count] * scale;
                }
            }
        }
    }

    /// <summary>Reads columns of eight rows out of the panels, as lines.</summary>
    /// <param name="y">The first row.</param>
    /// <param name="count">Number of rows there, 1…8; missing lines repeat the last row.</param>
    /// <param name="first">First column.</param>
    /// <param name="end">The column after the last.</param>
    /// <param name="scale">Factor of everything.</param>
    /// <param name="lines">The start of the lines; only the elements of these columns are written.</param>
    internal void LoadLines(int y, int count, int first, int end, float scale, float* lines)
    {
        int u = first;
        while (u < end)
        {
            float* from = Row(y) + (u / Lines.Count * Step);
            if (u % Lines.Count == 0 && end - u >= Lines.Count && count == Lines.Count)
            {
                float* to = lines + (u * Lines.PackedStride);
                LineBlock.Transpose(from, Lines.PackedStride, to, Lines.PackedStride, scale);
                LineBlock.Transpose(from + Lines.Count, Lines.PackedStride, to + Lines.Count, Lines.PackedStride, scale);
                u += Lines.Count;
                continue;
            }

            for (int lane = 0; lane < Lines.Count; lane++)
            {
                float* value = from + (Math.Min(lane, count - 1) * Lines.PackedStride) + (u % Lines.Count);
                lines[(u * Lines.PackedStride) + lane] = value[0] * scale;
                lines[(u * Lines.PackedStride) + Lines.Count + lane] = value[Lines.Count] * scale;
            }

            u++;
        }
    }

    private static int StepOf(int rows) => checked((rows + 1) * Lines.PackedStride);

    private Lines Panel(int panel) => Lines.Packed(_start + (panel * Step));

    // Eight rows at a time, panel after panel: planes are read along their rows.
    private void CopyFrom(Lines planes, int first, int end)
    {
        for (int y = 0; y < _rows; y += Lines.Count)
        {
            int rows = Math.Min(Lines.Count, _rows - y);
            for (int panel = first; panel < end; panel++)
            {
                float* from = planes.Re + (y * planes.Stride) + (panel * Lines.Count);
                float* to = Row(y) + (panel * Step);
                for (int row = 0; row < rows; row++, from += planes.Stride, to += Lines.PackedStride)
                {
                    Vector256<float> re = Vector256.Load(from), im = Vector256.Load(from + planes.Im);
                    re.Store(to);
                    im.Store(to + Lines.Count);
                }
            }
        }
    }
}
