namespace Hawser.Proxy.Connections;

/// <summary>Who may take a connection to a server that waits for its next request; numbers, because they are interlocked.</summary>
internal static class IdleState
{
    /// <summary>It does not wait, or its own loop has taken it.</summary>
    public const int None = 0;

    /// <summary>Whoever changes this first has it.</summary>
    public const int Waits = 1;

    /// <summary>Another loop looks at it, and reads its fields; its own loop leaves it alone.</summary>
    public const int Examined = 2;

    /// <summary>Another loop has its descriptor: the object is its own loop's again, to be used for another connection.</summary>
    public const int Gone = 3;
}
