namespace Hawser.Control.Stats;

/// <summary>
/// The values of one frontend, backend, server or listener at one moment. A line is four kilobytes, and 20,000 of them one
/// after the other are a collection and as many page faults: whoever reads many uses one again and again.
/// </summary>
public sealed class StatLine(StatObject kind, int proxyId, int objectId)
{
    public StatObject Kind { get; private set; } = kind;

    public int ProxyId { get; private set; } = proxyId;

    /// <summary>0 for a frontend or a backend.</summary>
    public int ObjectId { get; private set; } = objectId;

    public StatValue[] Values { get; } = new StatValue[StatFields.List.Length];

    public StatValue this[StatField field]
    {
        get => Values[(int)field];
        set => Values[(int)field] = value;
    }

    /// <summary>It tells of something else from now on, and all columns are empty.</summary>
    internal void Begin(StatObject kind, int proxyId, int objectId)
    {
        Kind = kind;
        ProxyId = proxyId;
        ObjectId = objectId;
        Clear();
    }

    /// <summary>All columns are empty again.</summary>
    internal void Clear() => System.Array.Clear(Values);
}
