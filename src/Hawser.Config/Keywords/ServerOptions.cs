namespace Hawser.Config.Keywords;

/// <summary>Everything that may follow the address of a server line.</summary>
public static class ServerOptions
{
    public static readonly KeywordTable<ServerContext> Table = new(
        ServerKeywords.Rows, ServerCheckKeywords.Rows, ServerHttpKeywords.Rows, KnownServerKeywords.Rows);
}
