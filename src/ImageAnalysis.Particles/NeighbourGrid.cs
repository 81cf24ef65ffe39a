using System.Runtime.InteropServices;

namespace ImageAnalysis.Particles;

/// <summary>Numbered points sorted into square cells, to find those near a place without looking at all of them.</summary>
internal sealed class NeighbourGrid(double cell)
{
    // Points of a cell form a chain: the cell holds the last one, and each names the one before it.
    private readonly Dictionary<(int X, int Y), int> _last = [];
    private readonly List<(int Number, int Before)> _chain = [];

    /// <summary>Adds a point.</summary>
    public void Add(int number, double x, double y)
    {
        ref int last = ref CollectionsMarshal.GetValueRefOrAddDefault(_last, CellOf(x, y), out bool known);
        _chain.Add((number, known ? last : -1));
        last = _chain.Count - 1;
    }

    /// <summary>Writes the numbers of all points within one cell's width of a place, and of some that are farther, into a list, in ascending order of cells and falling order of age.</summary>
    public void Near(double x, double y, List<int> numbers)
    {
        numbers.Clear();
        (int cx, int cy) = CellOf(x, y);
        for (int dy = -1; dy <= 1; dy++)
        {
            for (int dx = -1; dx <= 1; dx++)
            {
                for (int at = _last.TryGetValue((cx + dx, cy + dy), out int last) ? last : -1; at >= 0; at = _chain[at].Before)
                {
                    numbers.Add(_chain[at].Number);
                }
            }
        }
    }

    private (int X, int Y) CellOf(double x, double y) => ((int)Math.Floor(x / cell), (int)Math.Floor(y / cell));
}
