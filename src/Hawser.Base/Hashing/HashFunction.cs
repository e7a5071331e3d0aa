namespace Hawser.Base.Hashing;

/// <summary>The functions that <c>hash-type</c> names (manual section 4.2); the default is <see cref="Sdbm"/>.</summary>
public enum HashFunction : byte
{
    Sdbm,
    Djb2,
    Wt6,
    Crc32,

    /// <summary>The key is the text of a number, and that number is the hash.</summary>
    None,
}
