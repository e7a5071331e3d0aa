namespace Hawser.Simulation.Networks;

/// <summary>The way between two hosts, for one connection; the same in both directions.</summary>
internal struct Link
{
    public int LatencyUs;

    /// <summary>0: without limit.</summary>
    public int BytesPerMs;

    /// <summary>How much later than the last byte a FIN comes.</summary>
    public int FinDelayUs;

    /// <summary>Until then nothing that is sent gets through.</summary>
    public long CutUntilUs;

    /// <summary>How long what is sent now will take.</summary>
    public readonly long TravelUs(long nowUs, long bytes)
    {
        long waits = CutUntilUs > nowUs ? CutUntilUs - nowUs : 0;
        long sending = BytesPerMs > 0 ? bytes * 1000 / BytesPerMs : 0;
        return waits + LatencyUs + sending;
    }
}
