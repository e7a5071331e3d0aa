namespace Hawser.Proxy.Streams;

/// <summary>How long the texts may be that a frontend's sessions capture, slot by slot.</summary>
public sealed record CaptureSlots(int[] RequestLengths, int[] ResponseLengths)
{
    public static CaptureSlots None { get; } = new([], []);
}
