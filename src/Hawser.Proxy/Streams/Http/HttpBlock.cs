using Hawser.Io.Buffers;
using Hawser.Protocols.Http;

namespace Hawser.Proxy.Streams.Http;

/// <summary>
/// How a block is divided while it holds a message's head: the message from its beginning on, up to "tune.maxrewrite"
/// less than its size; what rules add grows down from its end.
/// </summary>
internal static class HttpBlock
{
    /// <summary>
    /// What writing a head may add by itself ("connection: close" and the server's name, for example): the block's margin
    /// takes it, so that whatever is made of a block's content fits into a block.
    /// </summary>
    public const int WriterBytes = BufferPool.MarginBytes;

    /// <summary>How far a body may fill the block behind its head while rules may still add something.</summary>
    public static int RoomForBody(Session session, HttpMessage message) =>
        message.ArenaStart - session.Home.Exchanges.RewriteBytes;

    /// <summary>Where the arena of a message begins to grow down from.</summary>
    public static int ArenaEnd(BufferPool buffers) => buffers.BlockBytes;
}
