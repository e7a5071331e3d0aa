using Hawser.Config.Model;

namespace Hawser.Control.Cli;

/// <summary>The order of the levels: user, operator, admin.</summary>
internal static class CliRights
{
    public const string Denied = "Permission denied";

    public static bool Allows(CliLevel held, CliLevel needed) => Rank(held) >= Rank(needed);

    public static string Name(CliLevel level) => level switch
    {
        CliLevel.Admin => "admin",
        CliLevel.Operator => "operator",
        _ => "user",
    };

    private static int Rank(CliLevel level) => level switch
    {
        CliLevel.Admin => 2,
        CliLevel.Operator => 1,
        _ => 0,
    };
}
