namespace Hawser.Control.Processes;

/// <summary>The signals an operator may send (management.txt, chapters 4 and 9). The value is Linux's number.</summary>
public enum Signal
{
    /// <summary>SIGHUP.</summary>
    Hangup = 1,

    /// <summary>SIGINT: stop at once.</summary>
    Interrupt = 2,

    /// <summary>SIGQUIT.</summary>
    Quit = 3,

    /// <summary>SIGUSR1: stop listening, let sessions end.</summary>
    SoftStop = 10,

    /// <summary>SIGUSR2: reload.</summary>
    Reload = 12,

    /// <summary>SIGTERM: stop at once.</summary>
    Terminate = 15,

    /// <summary>SIGTTIN: take connections again.</summary>
    Resume = 21,

    /// <summary>SIGTTOU: stop taking connections for a while.</summary>
    Pause = 22,
}
