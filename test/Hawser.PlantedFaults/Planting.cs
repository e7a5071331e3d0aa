namespace Hawser.PlantedFaults;

/// <summary>Which of the planted faults is active: 0 for none. Set before a run, on the one thread that runs.</summary>
internal static class Planting
{
    public static int Active { get; set; }

    public static bool Is(int fault) => Active == fault;
}
