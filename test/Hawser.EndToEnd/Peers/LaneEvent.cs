namespace Hawser.EndToEnd.Peers;

/// <param name="Seen">True for what arrived, false for what this end did.</param>
/// <param name="Bytes">Payload of a merged receive; 0 for everything else.</param>
public readonly record struct LaneEvent(bool Seen, string Text, long Bytes, long StartMs, long EndMs)
{
    public string Time => StartMs == EndMs ? $"{StartMs}" : $"{StartMs}..{EndMs}";
}
