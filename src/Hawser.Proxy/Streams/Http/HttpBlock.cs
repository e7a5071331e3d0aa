using Hawser.Io.Buffers;

namespace Hawser.Proxy.Streams.Http;

/// <summary>How a block is divided while it holds a message's head.</summary>
internal static class HttpBlock
{
    /// <summary>
    /// What writing a head may add by itself ("connection: close" and the server's name, for example): the arena ends as much in front of the
    /// block's end, so that whatever is made of a block's content fits into a block.
    /// </summary>
    public const int WriterBytes = 256;

    /// <summary>Where the arena of a message begins to grow down from.</summary>
    public static int ArenaEnd(BufferPool buffers) => buffers.BlockBytes - WriterBytes;
}
