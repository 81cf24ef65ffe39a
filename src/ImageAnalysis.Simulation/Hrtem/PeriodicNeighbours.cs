namespace ImageAnalysis.Simulation;

/// <summary>Points in a slab that repeats itself in x and y, none closer to another than a shortest distance; found by cells of that edge.</summary>
internal sealed class PeriodicNeighbours
{
    private const double SmallestCell = 0.05;

    private readonly double width;
    private readonly double height;
    private readonly double distance2;
    private readonly int columns;
    private readonly int rows;
    private readonly int layers;
    private readonly double cellsPerX;
    private readonly double cellsPerY;
    private readonly double cellsPerZ;
    private readonly int[] heads;
    private readonly int[] next;
    private readonly (double X, double Y, double Z)[] points;
    private int count;

    public PeriodicNeighbours(double width, double height, double depth, double shortest, int capacity)
    {
        (this.width, this.height, distance2) = (width, height, shortest * shortest);

        // Three cells at least around a side, or neighbours would be met twice; cells no smaller than the distance.
        double cell = Math.Max(shortest, SmallestCell);
        columns = Math.Max(3, (int)(width / cell));
        rows = Math.Max(3, (int)(height / cell));
        layers = Math.Max(1, (int)(depth / cell));
        (cellsPerX, cellsPerY, cellsPerZ) = (columns / width, rows / height, layers / depth);
        heads = new int[columns * rows * layers];
        Array.Fill(heads, -1);
        next = new int[capacity];
        points = new (double, double, double)[capacity];
    }

    /// <summary>Adds a point with 0 ≤ x &lt; width, 0 ≤ y &lt; height, 0 ≤ z ≤ depth, unless another is too close.</summary>
    public bool TryAdd(double x, double y, double z)
    {
        int column = Math.Min((int)(x * cellsPerX), columns - 1), row = Math.Min((int)(y * cellsPerY), rows - 1), layer = Math.Min((int)(z * cellsPerZ), layers - 1);
        for (int k = Math.Max(layer - 1, 0); k <= Math.Min(layer + 1, layers - 1); k++)
        {
            for (int j = row - 1; j <= row + 1; j++)
            {
                int line = ((k * rows) + Wrapped(j, rows)) * columns;
                for (int i = column - 1; i <= column + 1; i++)
                {
                    if (IsTaken(heads[line + Wrapped(i, columns)], x, y, z))
                    {
                        return false;
                    }
                }
            }
        }

        int cell = (((layer * rows) + row) * columns) + column;
        points[count] = (x, y, z);
        next[count] = heads[cell];
        heads[cell] = count++;
        return true;
    }

    private bool IsTaken(int first, double x, double y, double z)
    {
        for (int i = first; i >= 0; i = next[i])
        {
            double dx = Math.Abs(points[i].X - x), dy = Math.Abs(points[i].Y - y), dz = points[i].Z - z;
            dx = Math.Min(dx, width - dx);
            dy = Math.Min(dy, height - dy);
            if ((dx * dx) + (dy * dy) + (dz * dz) < distance2)
            {
                return true;
            }
        }

        return false;
    }

    private static int Wrapped(int index, int count) => index < 0 ? index + count : index >= count ? index - count : index;
}
