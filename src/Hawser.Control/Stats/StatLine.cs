namespace Hawser.Control.Stats;

/// <summary>The values of one frontend, backend, server or listener at one moment.</summary>
public sealed class StatLine(StatObject kind, int proxyId, int objectId)
{
    public StatObject Kind => kind;

    public int ProxyId => proxyId;

    /// <summary>0 for a frontend or a backend.</summary>
    public int ObjectId => objectId;

    public StatValue[] Values { get; } = new StatValue[StatFields.List.Length];

    public StatValue this[StatField field]
    {
        get => Values[(int)field];
        set => Values[(int)field] = value;
    }
}
