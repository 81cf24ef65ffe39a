namespace ImageAnalysis.Core;

/// <summary>Finds the neighbours of a place: positions sorted into cubes as large as the search distance.</summary>
internal sealed class PlaceGrid
{
    private readonly IReadOnlyList<CartesianPosition> _positions;
    private readonly Dictionary<(int X, int Y, int Z), List<int>> _cubes = [];
    private readonly double _reach;

    public PlaceGrid(IReadOnlyList<CartesianPosition> positions, double reach)
    {
        (_positions, _reach) = (positions, reach);
        for (int i = 0; i < positions.Count; i++)
        {
            (int X, int Y, int Z) cube = CubeOf(positions[i]);
            if (!_cubes.TryGetValue(cube, out List<int>? inside))
            {
                _cubes.Add(cube, inside = []);
            }

            inside.Add(i);
        }
    }

    /// <summary>The numbers of the positions nearer than the search distance, each with its distance, in the order of cubes and numbers.</summary>
    public IEnumerable<(int Index, double Distance)> Near(CartesianPosition position)
    {
        (int x, int y, int z) = CubeOf(position);
        for (int i = x - 1; i <= x + 1; i++)
        {
            for (int j = y - 1; j <= y + 1; j++)
            {
                for (int k = z - 1; k <= z + 1; k++)
                {
                    foreach (int other in _cubes.GetValueOrDefault((i, j, k)) ?? [])
                    {
                        CartesianPosition at = _positions[other];
                        double distance = new CartesianPosition(
                            at.XAngstrom - position.XAngstrom, at.YAngstrom - position.YAngstrom, at.ZAngstrom - position.ZAngstrom).LengthAngstrom;
                        if (distance < _reach)
                        {
                            yield return (other, distance);
                        }
                    }
                }
            }
        }
    }

    private (int X, int Y, int Z) CubeOf(CartesianPosition position) => (
        (int)Math.Floor(position.XAngstrom / _reach), (int)Math.Floor(position.YAngstrom / _reach), (int)Math.Floor(position.ZAngstrom / _reach));
}
