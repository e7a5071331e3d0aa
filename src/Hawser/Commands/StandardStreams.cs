namespace Hawser.Commands;

/// <summary>The descriptors every process is born with.</summary>
internal static class StandardStreams
{
    public const int Output = 1;
    public const int Error = 2;
}
