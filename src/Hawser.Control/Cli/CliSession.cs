using Hawser.Base.Time;
using Hawser.Config.Model;

namespace Hawser.Control.Cli;

/// <summary>How a connection goes on after an answer (management manual, 9.3).</summary>
public enum CliMode
{
    /// <summary>One line, its answers, the end.</summary>
    NonInteractive,

    /// <summary>Line after line, silently.</summary>
    Interactive,

    /// <summary>Line after line, with a prompt.</summary>
    Prompt,
}

/// <summary>What one connection has set for itself.</summary>
public sealed class CliSession
{
    public required CliLevel Level { get; set; }

    public CliSeverityOutput SeverityOutput { get; set; }

    public CliMode Mode { get; set; }

    /// <summary>"prompt timed": the prompt shows the uptime.</summary>
    public bool IsPromptTimed { get; set; }

    public bool IsExpert { get; set; }

    public bool IsExperimental { get; set; }

    /// <summary>Idle limit; not set: none.</summary>
    public required Milliseconds Timeout { get; set; }

    /// <summary>It came by "-S": commands may begin with "@".</summary>
    public bool IsMaster { get; init; }

    /// <summary>"@1" of the master CLI: the prompt shows the worker.</summary>
    public bool IsAtWorker { get; set; }

    /// <summary>"expose-fd listeners" of its bind line.</summary>
    public bool ExposesListeners { get; init; }

    /// <summary>"quit": the connection ends when what was answered is sent.</summary>
    public bool IsQuitting { get; set; }
}
