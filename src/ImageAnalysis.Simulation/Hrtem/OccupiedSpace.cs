using ImageAnalysis.Core;

namespace ImageAnalysis.Simulation;

/// <summary>Positions in space, sorted into cubes, for the question which of them are near.</summary>
internal sealed class OccupiedSpace
{
    private readonly double reach;
    private readonly Dictionary<(int X, int Y, int Z), List<CartesianPosition>> cubes = [];

    public OccupiedSpace(IEnumerable<CartesianPosition> positions, double reach)
    {
        this.reach = reach;
        foreach (CartesianPosition position in positions)
        {
            Add(position);
        }
    }

    public void Add(CartesianPosition position)
    {
        (int, int, int) cube = Cube(position);
        if (!cubes.TryGetValue(cube, out List<CartesianPosition>? members))
        {
            cubes.Add(cube, members = []);
        }

        members.Add(position);
    }

    /// <summary>The positions closer than the reach.</summary>
    public IEnumerable<CartesianPosition> Near(CartesianPosition position)
    {
        (int x, int y, int z) = Cube(position);
        for (int cube = 0; cube < 27; cube++)
        {
            if (!cubes.TryGetValue((x - 1 + (cube % 3), y - 1 + (cube / 3 % 3), z - 1 + (cube / 9)), out List<CartesianPosition>? members))
            {
                continue;
            }

            foreach (CartesianPosition other in members)
            {
                double dx = other.XAngstrom - position.XAngstrom, dy = other.YAngstrom - position.YAngstrom, dz = other.ZAngstrom - position.ZAngstrom;
                if ((dx * dx) + (dy * dy) + (dz * dz) < reach * reach)
                {
                    yield return other;
                }
            }
        }
    }

    private (int X, int Y, int Z) Cube(CartesianPosition position) =>
        ((int)Math.Floor(position.XAngstrom / reach), (int)Math.Floor(position.YAngstrom / reach), (int)Math.Floor(position.ZAngstrom / reach));
}
