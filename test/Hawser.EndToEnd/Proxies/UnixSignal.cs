namespace Hawser.EndToEnd.Proxies;

/// <summary>Linux numbers (signal(7), x86-64).</summary>
public enum UnixSignal
{
    HangUp = 1,
    Interrupt = 2,
    Kill = 9,
    User1 = 10,
    User2 = 12,
    Terminate = 15,
    Continue = 18,
    TerminalInput = 21,
    TerminalOutput = 22,
}
