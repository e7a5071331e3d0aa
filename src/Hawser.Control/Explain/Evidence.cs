namespace Hawser.Control.Explain;

/// <summary>What a line can say for or against a cause.</summary>
internal static class Evidence
{
    /// <summary>Less than this between proxy and server is an answer, not silence.</summary>
    private const long PromptMs = 200;

    private const long UnitOfRetransmission = 3000;
    private const long NearMs = 300;

    public static bool? NothingCame(LogLine line) => line.BytesRead is 0;

    public static bool? SomethingCame(LogLine line) => line.BytesRead > 0;

    public static bool? WasRetried(LogLine line) => line.Retries > 0 || line.IsRedispatched;

    public static bool? HasNoServer(LogLine line) => line.HasNoServer;

    public static bool? HadServer(LogLine line) => !line.HasNoServer;

    public static bool? LostData(LogLine line) => Positive(line, line.Loss.Lost);

    public static bool? LostFromClient(LogLine line) => Positive(line, line.Loss.RequestLost ?? 0);

    public static bool? LostFromServer(LogLine line) => Positive(line, line.Loss.ResponseLost ?? 0);

    public static bool? WasPrompt(LogLine line) => line.TotalMs is >= 0 and < PromptMs;

    public static bool? WasLong(LogLine line) => line.TotalMs >= PromptMs;

    public static bool? ServerIsBusy(LogLine line) => line.ServerConnections > 1;

    public static bool? IsPost(LogLine line) => line.Request is { } request
        && (request.StartsWith("POST ", System.StringComparison.Ordinal)
            || request.StartsWith("PUT ", System.StringComparison.Ordinal)
            || request.StartsWith("PATCH ", System.StringComparison.Ordinal));

    public static bool? RequestNeverCame(LogLine line) => line.RequestMs is -1;

    public static bool? IsStatus(LogLine line, int low, int high) => line.Status >= low && line.Status <= high;

    /// <summary>Lost packets are sent again after 3, 6, 12 … seconds by the older rules, 1, 3, 7 … by today's.</summary>
    public static bool IsNearRetransmission(long ms)
    {
        long first = ms % UnitOfRetransmission;
        return ms >= UnitOfRetransmission - NearMs && (first < NearMs || first > UnitOfRetransmission - NearMs);
    }

    /// <summary>Without a ledger the line says nothing about loss.</summary>
    private static bool? Positive(LogLine line, long bytes) => line.Loss.IsPresent ? bytes > 0 : null;
}
