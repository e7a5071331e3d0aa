namespace Hawser.Proxy.Checks;

/// <summary>What a check, or the observation of traffic, last said (management manual, "check_status").</summary>
public enum CheckStatus
{
    Initializing,
    HealthAnalyze,
    SocketError,
    Layer4Passed,
    Layer4Timeout,
    Layer4Problem,
}

public static class CheckStatuses
{
    /// <summary>The code of the statistics and the words of the messages, by <see cref="CheckStatus"/>.</summary>
    private static readonly (string Code, string Description)[] s_rows =
    [
        ("INI", "Initializing"),
        ("HANA", "Health analyze"),
        ("SOCKERR", "Socket error"),
        ("L4OK", "Layer4 check passed"),
        ("L4TOUT", "Layer4 timeout"),
        ("L4CON", "Layer4 connection problem"),
    ];

    public static string Code(CheckStatus status) => s_rows[(int)status].Code;

    public static string Description(CheckStatus status) => s_rows[(int)status].Description;
}
