using System.Collections.Generic;

namespace Hawser.Control.Cli.Commands;

/// <summary>Every command of the runtime API, family by family.</summary>
public static class CommandList
{
    public static CommandTable Create() => new(Rows());

    private static IEnumerable<CommandRow> Rows() =>
    [
        .. SessionCommands.Rows,
        .. InfoCommands.Rows,
        .. StatCommands.Rows,
        .. CounterCommands.Rows,
        .. ServerCommands.Rows,
        .. DynamicBackendCommands.Rows,
        .. DynamicServerCommands.Rows,
        .. ServerListCommands.Rows,
        .. FrontendCommands.Rows,
        .. LimitCommands.Rows,
        .. SessionListCommands.Rows,
        .. LossCommands.Rows,
        .. ErrorCommands.Rows,
        .. PatternCommands.Rows,
        .. VariableCommands.Rows,
        .. WaitCommands.Rows,
        .. ProcessCommands.Rows,
        .. EventCommands.Rows,
        .. ReloadCommands.Rows,
        .. MasterCommands.Rows,
        .. HandoverCommands.Rows,
        .. MissingCommands.Rows,
    ];
}
