namespace ImageAnalysis.Particles;

/// <summary>Numbered points sorted into square cells, to find those near a place without looking at all of them.</summary>
internal sealed class NeighbourGrid(double cell)
{
    private readonly Dictionary<(int X, int Y), List<int>> _cells = [];

    /// <summary>Adds a point.</summary>
    public void Add(int number, double x, double y)
    {
        (int, int) key = ((int)Math.Floor(x / cell), (int)Math.Floor(y / cell));
        if (!_cells.TryGetValue(key, out List<int>? list))
        {
            _cells[key] = list = [];
        }

        list.Add(number);
    }

    /// <summary>All points within one cell's width of a place, and some that are farther.</summary>
    public IEnumerable<int> Near(double x, double y)
    {
        int cx = (int)Math.Floor(x / cell), cy = (int)Math.Floor(y / cell);
        for (int dy = -1; dy <= 1; dy++)
        {
            for (int dx = -1; dx <= 1; dx++)
            {
                if (_cells.TryGetValue((cx + dx, cy + dy), out List<int>? list))
                {
                    foreach (int number in list)
                    {
                        yield return number;
                    }
                }
            }
        }
    }
}
