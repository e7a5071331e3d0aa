namespace Hawser.Control.Cli;

/// <summary>Why a command that has not ended lets go of the loop.</summary>
public enum CliPause
{
    /// <summary>It has written a piece, or done a piece of work: it goes on as soon as there is room for more.</summary>
    Room,

    /// <summary>It waits: <see cref="CliCall.Wake"/> or <see cref="CliCall.WakeAfter"/> lets it go on.</summary>
    Wake,
}
