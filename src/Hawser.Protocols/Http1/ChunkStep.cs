namespace Hawser.Protocols.Http1;

/// <summary>What one call of <see cref="ChunkReader.Next"/> has found.</summary>
public enum ChunkStep : byte
{
    /// <summary>All input is taken and was in order.</summary>
    NeedMore,

    /// <summary>A piece of the body.</summary>
    Data,

    /// <summary>The last chunk: what follows are the trailer fields and the empty line.</summary>
    Trailers,
    Invalid,
}
