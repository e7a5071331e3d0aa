namespace Hawser.Proxy.Streams;

/// <summary>How long the texts may be that a frontend's sessions capture, slot by slot.</summary>
public sealed record CaptureSlots(int[] RequestLengths, int[] ResponseLengths)
{
    public static CaptureSlots None { get; } = new([], []);

    /// <summary>"capture request header".</summary>
    public CapturedHeader[] RequestHeaders { get; init; } = [];

    /// <summary>"capture response header".</summary>
    public CapturedHeader[] ResponseHeaders { get; init; } = [];
}

/// <summary>A header whose last value goes into a slot.</summary>
public sealed record CapturedHeader(byte[] Name, int Slot);
