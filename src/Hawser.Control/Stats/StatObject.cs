namespace Hawser.Control.Stats;

/// <summary>What a line of "show stat" is about; the numbers are those of its "type" column.</summary>
public enum StatObject
{
    Frontend = 0,
    Backend = 1,
    Server = 2,
    Listener = 3,
}
