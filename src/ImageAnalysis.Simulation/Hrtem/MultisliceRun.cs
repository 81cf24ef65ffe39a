using ImageAnalysis.Imaging;

namespace ImageAnalysis.Simulation;

/// <summary>Buffers and tables for exit waves of one specimen on one grid, used again for each thermal configuration.</summary>
internal sealed class MultisliceRun
{
    private readonly MultisliceOptions options;
    private readonly FrequencyGrid grid;
    private readonly PotentialProjector projector;
    private readonly ComplexFft2D plan;
    private readonly FresnelPropagator between;
    private readonly FresnelPropagator behind;
    private readonly float interaction;
    private readonly int bandColumns;
    private readonly float[] potential;

    public MultisliceRun(AtomicSpecimen specimen, MultisliceOptions options)
    {
        ArgumentNullException.ThrowIfNull(specimen);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        this.options = options;
        grid = new FrequencyGrid(options.WidthPx, options.HeightPx, specimen.WidthNm / options.WidthPx, specimen.HeightNm / options.HeightPx, options.BandLimitFraction);
        double thickness = specimen.BottomNm - specimen.TopNm;
        int sliceCount = Math.Max(1, (int)Math.Ceiling((thickness / options.SliceNm) - 1e-9));
        projector = new PotentialProjector(specimen, grid, sliceCount);
        plan = ComplexFft2D.Plan(options.WidthPx, options.HeightPx);
        double wavelength = ElectronBeam.WavelengthNm(options.VoltageKv);

        // The atoms of a slice are taken together in its middle: half a slice more to the last atom.
        between = new FresnelPropagator(grid, wavelength, thickness / sliceCount);
        behind = new FresnelPropagator(grid, wavelength, 0.5 * thickness / sliceCount);
        interaction = (float)ElectronBeam.InteractionPerVoltNm(options.VoltageKv);
        bandColumns = Enumerable.Range(0, options.HeightPx).Max(grid.LastColumn);
        potential = new float[options.WidthPx * options.HeightPx];
    }

    /// <summary>The exit wave of atoms at their mean places.</summary>
    public ExitWave Mean()
    {
        projector.PlaceMean();
        return Propagated();
    }

    /// <summary>The exit wave of one thermal configuration.</summary>
    public ExitWave Displaced(ulong seed)
    {
        projector.PlaceDisplaced(seed);
        return Propagated();
    }

    /// <summary>The potential of the whole specimen, atoms at their mean places, in V·nm.</summary>
    public Raster<float> MeanPotential()
    {
        projector.PlaceMean();
        float[] sum = new float[potential.Length];
        for (int slice = 0; slice < projector.SliceCount; slice++)
        {
            if (!projector.IsEmpty(slice))
            {
                projector.Project(slice, potential);
                for (int i = 0; i < sum.Length; i++)
                {
                    sum[i] += potential[i];
                }
            }
        }

        return new Raster<float>(options.WidthPx, options.HeightPx, sum);
    }

    private ExitWave Propagated()
    {
        ComplexRaster wave = new(options.WidthPx, options.HeightPx);
        wave.Re.Fill(1);
        for (int slice = 0; slice < projector.SliceCount; slice++)
        {
            if (!projector.IsEmpty(slice))
            {
                projector.Project(slice, potential);
                Transmit(wave);
            }

            plan.Forward(wave, wave);
            if (slice < projector.SliceCount - 1)
            {
                between.Apply(wave);
                plan.InverseOfBand(wave, -bandColumns, (2 * bandColumns) + 1, wave);
            }
        }

        behind.Apply(wave);
        return new ExitWave(wave, grid.PixelWidthNm, grid.PixelHeightNm, options.VoltageKv, grid.Limit);
    }

    private void Transmit(ComplexRaster wave)
    {
        int width = wave.WidthPx;
        for (int y = 0; y < wave.HeightPx; y++)
        {
            WaveArithmetic.MultiplyByPhase(wave.Re.Slice(y * wave.Stride, width), wave.Im.Slice(y * wave.Stride, width), potential.AsSpan(y * width, width), interaction);
        }
    }
}
